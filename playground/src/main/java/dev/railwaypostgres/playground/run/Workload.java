package dev.railwaypostgres.playground.run;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a Deployment would run: its environment, its login and what it finds mounted.
 *
 * @param environment as in the Deployment; what Kubernetes fills in from the pod is filled in
 * @param mounts volumes by the path at which the container finds them
 */
record Workload(
        String name,
        String namespace,
        String serviceAccount,
        Map<String, String> environment,
        Map<String, Volume> mounts) {
    /** Where all pods are: they are processes of this machine. */
    static final String LOOPBACK = "127.0.0.1";

    static Workload of(Deployment deployment) {
        var name = deployment.getMetadata().getName();
        var pod = deployment.getSpec().getTemplate().getSpec();
        var container = pod.getContainers().getFirst();
        return new Workload(
                name,
                deployment.getMetadata().getNamespace(),
                pod.getServiceAccountName(),
                environment(container, name + "-0"),
                mounts(container, pod.getVolumes()));
    }

    private static Map<String, String> environment(Container container, String podName) {
        var environment = new LinkedHashMap<String, String>();
        for (EnvVar variable : container.getEnv()) {
            environment.put(variable.getName(), value(variable, podName));
        }
        return environment;
    }

    private static String value(EnvVar variable, String podName) {
        if (variable.getValueFrom() == null) {
            return Optional.ofNullable(variable.getValue()).orElse("");
        }
        var field = variable.getValueFrom().getFieldRef().getFieldPath();
        return switch (field) {
            case "metadata.name" -> podName;
            case "status.podIP" -> LOOPBACK;
            default -> throw new IllegalStateException("What is a pod's " + field + "?");
        };
    }

    private static Map<String, Volume> mounts(Container container, List<Volume> volumes) {
        var byName = volumes.stream().collect(Collectors.toMap(Volume::getName, Function.identity()));
        return container.getVolumeMounts().stream()
                .collect(Collectors.toMap(VolumeMount::getMountPath, mount -> byName.get(mount.getName())));
    }

    /** Its name without the release's. */
    String component() {
        return name.substring(Installation.RELEASE.length() + 1);
    }
}
