package dev.railwaypostgres.railway.patch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.railwaypostgres.railway.model.ResourceLimits;
import dev.railwaypostgres.railway.model.VolumeId;
import java.time.Duration;
import java.util.Map;

/** Changes to one service of an environment. Each method adds a change and returns the patch with it. */
public final class ServicePatch {
    private final ObjectNode json;

    ServicePatch(ObjectNode json) {
        this.json = json;
    }

    /** The image to run, which Railway shall not exchange for a newer one by itself. */
    public ServicePatch image(String image) {
        ObjectNode source = section("source");
        source.put("image", image);
        source.withObjectProperty("autoUpdates").put("type", "disabled");
        return this;
    }

    public ServicePatch variable(String name, String value) {
        section("variables").withObjectProperty(name).put("value", value);
        return this;
    }

    public ServicePatch variables(Map<String, String> variables) {
        variables.forEach(this::variable);
        return this;
    }

    public ServicePatch removeVariable(String name) {
        section("variables").putNull(name);
        return this;
    }

    public ServicePatch limits(ResourceLimits limits) {
        ObjectNode containers =
                section("deploy").withObjectProperty("limitOverride").withObjectProperty("containers");
        containers.put("cpu", limits.vcpus());
        containers.put("memoryBytes", limits.memoryBytes());
        return this;
    }

    /** Runs one container in the region, besides those it runs in already. */
    public ServicePatch region(String region) {
        regions().withObjectProperty(region).put("numReplicas", 1);
        return this;
    }

    /** Leaves a region: also the one that Railway chose when the service was made. */
    public ServicePatch leaveRegion(String region) {
        regions().putNull(region);
        return this;
    }

    /** Starts the container again when it crashes, so many times. An exit with 0 stays an end. */
    public ServicePatch restartOnFailure(int retries) {
        section("deploy").put("restartPolicyType", "ON_FAILURE").put("restartPolicyMaxRetries", retries);
        return this;
    }

    /** How long a container may take from SIGTERM to SIGKILL, in whole seconds. Railway's own default is 0. */
    public ServicePatch draining(Duration time) {
        section("deploy").put("drainingSeconds", time.toSeconds());
        return this;
    }

    /** Never deploys without a volume at this path. */
    public ServicePatch requiredMountPath(String path) {
        section("deploy").put("requiredMountPath", path);
        return this;
    }

    /** Whether Railway's own Serverless feature may put it to sleep, judging by outbound packets. */
    public ServicePatch sleepApplication(boolean mayDoze) {
        section("deploy").put("sleepApplication", mayDoze);
        return this;
    }

    /** Opens the port to the public under an address of Railway's choice. */
    public ServicePatch tcpProxy(int port) {
        section("networking").withObjectProperty("tcpProxies").putObject(Integer.toString(port));
        return this;
    }

    public ServicePatch volumeMount(VolumeId volume, String path) {
        section("volumeMounts").withObjectProperty(volume.value()).put("mountPath", path);
        return this;
    }

    ObjectNode json() {
        return json;
    }

    private ObjectNode regions() {
        return section("deploy").withObjectProperty("multiRegionConfig");
    }

    private ObjectNode section(String name) {
        return json.withObjectProperty(name);
    }
}
