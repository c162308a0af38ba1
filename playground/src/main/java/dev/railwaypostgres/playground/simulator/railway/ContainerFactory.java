package dev.railwaypostgres.playground.simulator.railway;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes a deployment's container: variables of its owner, those that the platform provides, and the volume's folder. */
final class ContainerFactory {
    private final World world;
    private final VolumeFolders folders;

    ContainerFactory(World world, VolumeFolders folders) {
        this.world = world;
        this.folders = folders;
    }

    /** The disks that the deployment would mount; the platform refuses more than one. */
    List<Row.VolumeInstance> volumes(Row.Deployment deployment) {
        return world.read(state -> state.volumesOf(Place.of(deployment)).toList());
    }

    Container container(Row.Deployment deployment, int port) {
        var volume = volumes(deployment).stream().findFirst();
        var folder = volume.map(folders::of).orElseGet(() -> folders.ephemeral(deployment.id()));
        var variables = new LinkedHashMap<String, String>();
        deployment
                .config()
                .path("variables")
                .properties()
                .forEach(entry -> variables.put(
                        entry.getKey(), entry.getValue().path("value").asText()));
        variables.putAll(world.read(state -> provided(state, deployment)));
        volume.ifPresent(disk -> mount(disk, folder, variables));
        var image = deployment.config().path("source").path("image").asText();
        return new Container(image, Map.copyOf(variables), port, folder);
    }

    /** The process cannot see the mount path, so its folder stands for it wherever a variable speaks of it. */
    private static void mount(Row.VolumeInstance disk, Path folder, Map<String, String> variables) {
        variables.put("RAILWAY_VOLUME_ID", disk.volumeId());
        variables.put("RAILWAY_VOLUME_MOUNT_PATH", disk.mountPath());
        variables.replaceAll((_, value) -> value.replace(disk.mountPath(), folder.toString()));
    }

    private static Map<String, String> provided(State state, Row.Deployment deployment) {
        var provided = new LinkedHashMap<String, String>();
        var name = state.services()
                .find(deployment.serviceId())
                .map(Row.Service::name)
                .orElse("");
        provided.put(
                "RAILWAY_PROJECT_ID",
                state.environments()
                        .find(deployment.environmentId())
                        .map(Row.Environment::projectId)
                        .orElse(""));
        provided.put("RAILWAY_ENVIRONMENT_ID", deployment.environmentId());
        provided.put("RAILWAY_SERVICE_ID", deployment.serviceId());
        provided.put("RAILWAY_SERVICE_NAME", name);
        provided.put("RAILWAY_DEPLOYMENT_ID", deployment.id());
        provided.put("RAILWAY_PRIVATE_DOMAIN", name + ".railway.internal");
        publicPort(state, deployment).ifPresent(proxy -> {
            provided.put("RAILWAY_TCP_PROXY_DOMAIN", "127.0.0.1");
            provided.put("RAILWAY_TCP_PROXY_PORT", String.valueOf(proxy.proxyPort()));
            provided.put("RAILWAY_TCP_APPLICATION_PORT", String.valueOf(proxy.applicationPort()));
        });
        return provided;
    }

    private static Optional<Row.TcpProxy> publicPort(State state, Row.Deployment deployment) {
        return state.proxiesOf(Place.of(deployment)).findFirst();
    }

    /** Time between SIGTERM and SIGKILL: none unless asked for. */
    static int drainingSeconds(JsonNode config) {
        var variable = config.path("variables")
                .path("RAILWAY_DEPLOYMENT_DRAINING_SECONDS")
                .path("value")
                .asInt(0);
        return config.path("deploy").path("drainingSeconds").asInt(variable);
    }
}
