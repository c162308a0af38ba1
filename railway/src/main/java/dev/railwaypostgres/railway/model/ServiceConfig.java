package dev.railwaypostgres.railway.model;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a service in one environment, as committed; its running container may still have older ones.
 *
 * @param regions where it is to run
 * @param limits absent when it may use what the plan allows
 * @param variableNames set variables; their values are asked for separately
 * @param tcpPorts ports with a TCP proxy, though Railway leaves some out: the list of proxies is the truth
 * @param volumeMounts mount path by volume
 */
public record ServiceConfig(
        @Nullable String image,
        Set<String> regions,
        @Nullable ResourceLimits limits,
        Set<String> variableNames,
        Set<Integer> tcpPorts,
        Map<VolumeId, String> volumeMounts) {

    public ServiceConfig {
        regions = Set.copyOf(regions);
        variableNames = Set.copyOf(variableNames);
        tcpPorts = Set.copyOf(tcpPorts);
        volumeMounts = Map.copyOf(volumeMounts);
    }
}
