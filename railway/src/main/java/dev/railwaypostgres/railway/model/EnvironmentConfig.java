package dev.railwaypostgres.railway.model;

import java.util.Map;

/** The settings of all services and volumes of an environment: what an environment patch changes. */
public record EnvironmentConfig(Map<ServiceId, ServiceConfig> services, Map<VolumeId, VolumeConfig> volumes) {
    public EnvironmentConfig {
        services = Map.copyOf(services);
        volumes = Map.copyOf(volumes);
    }
}
