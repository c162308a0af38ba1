package dev.railwaypostgres.playground.simulator.railway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The ways by which configuration changes: all of them are patches, only what follows differs. */
final class Configuration {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final World world;
    private final Deployments deployments;
    private final Forwarders forwarders;
    private final Removal removal;
    private final ConfigShape shape = ConfigShape.load();

    Configuration(World world, Deployments deployments, Forwarders forwarders, Removal removal) {
        this.world = world;
        this.deployments = deployments;
        this.forwarders = forwarders;
        this.removal = removal;
    }

    /** Applies the patch and deploys every service whose settings it changed. */
    void commit(Row.Environment environment, ObjectNode patch) {
        change(environment, patch).forEach(deployments::deploy);
    }

    /** Applies the patch; what runs goes on as it was. */
    void applyQuietly(Row.Environment environment, ObjectNode patch) {
        change(environment, patch);
    }

    /** A patch that only speaks of this service. */
    static ObjectNode ofService(String serviceId, JsonNode part) {
        return NODES.objectNode().set("services", NODES.objectNode().set(serviceId, part));
    }

    private List<Place> change(Row.Environment environment, ObjectNode patch) {
        shape.check(patch);
        var consequences = world.change(state -> {
            var current = state.environments().find(environment.id()).orElse(environment);
            return ConfigChange.apply(state, current, patch);
        });
        consequences.toOpen().forEach(forwarders::open);
        consequences.toRemove().forEach(removal::removeService);
        return consequences.toDeploy();
    }
}
