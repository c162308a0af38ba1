package dev.railwaypostgres.playground.simulator.railway;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A service without a volume that runs a script. */
final class AService {
    /** Does nothing, and hears signals at once. */
    static final String WAIT = "while :; do read -t 1 <> <(:) || :; done";

    /** Runs until it is told to end, and ends well. */
    static final String WELL_BEHAVED = "trap 'exit 0' TERM; " + WAIT;

    private AService() {}

    static ADatabase running(Api api, RailwaySimulator.ProjectIds ids, String name, String script) {
        var service = new ADatabase(api, ids.environmentId(), ADatabase.createService(api, ids, name), "");
        service.patch(patch(service.serviceId(), script));
        return service;
    }

    static ObjectNode patch(String serviceId, String script) {
        var patch = Api.variables();
        var service = patch.putObject("services").putObject(serviceId);
        service.putObject("source").put("image", "script");
        service.putObject("variables").putObject("SCRIPT").put("value", script);
        service.putObject("deploy").put("drainingSeconds", 5);
        return patch;
    }
}
