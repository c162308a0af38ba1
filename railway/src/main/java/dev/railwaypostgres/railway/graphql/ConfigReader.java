package dev.railwaypostgres.railway.graphql;

import com.fasterxml.jackson.databind.JsonNode;
import dev.railwaypostgres.railway.model.EnvironmentConfig;
import dev.railwaypostgres.railway.model.ResourceLimits;
import dev.railwaypostgres.railway.model.ServiceConfig;
import dev.railwaypostgres.railway.model.ServiceId;
import dev.railwaypostgres.railway.model.VolumeConfig;
import dev.railwaypostgres.railway.model.VolumeId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads an environment's settings, which Railway's schema calls a scalar: anything in it may be missing. */
final class ConfigReader {
    private ConfigReader() {}

    static EnvironmentConfig read(JsonNode config) {
        return new EnvironmentConfig(
                entries(config.path("services"), ServiceId::new, ConfigReader::service),
                entries(config.path("volumes"), VolumeId::new, ConfigReader::volume));
    }

    private static ServiceConfig service(JsonNode service) {
        JsonNode deploy = service.path("deploy");
        return new ServiceConfig(
                service.path("source").path("image").textValue(),
                names(deploy.path("multiRegionConfig")),
                limits(deploy.path("limitOverride").path("containers")),
                names(service.path("variables")),
                names(service.path("networking").path("tcpProxies")).stream()
                        .map(Integer::valueOf)
                        .collect(Collectors.toUnmodifiableSet()),
                entries(
                        service.path("volumeMounts"),
                        VolumeId::new,
                        mount -> mount.path("mountPath").asText("")));
    }

    private static VolumeConfig volume(JsonNode volume) {
        JsonNode size = volume.path("sizeMB");
        return new VolumeConfig(
                size.isNumber() ? size.intValue() : null, volume.path("region").textValue());
    }

    private static @Nullable ResourceLimits limits(JsonNode containers) {
        double cpu = containers.path("cpu").asDouble(0);
        long memory = containers.path("memoryBytes").asLong(0);
        return cpu > 0 && memory > 0 ? new ResourceLimits(cpu, memory) : null;
    }

    private static Set<String> names(JsonNode object) {
        return object.propertyStream()
                .filter(entry -> !entry.getValue().isNull())
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static <K, V> Map<K, V> entries(JsonNode object, Function<String, K> key, Function<JsonNode, V> value) {
        Map<K, V> entries = new HashMap<>();
        object.propertyStream()
                .filter(entry -> !entry.getValue().isNull())
                .forEach(entry -> entries.put(key.apply(entry.getKey()), value.apply(entry.getValue())));
        return entries;
    }
}
