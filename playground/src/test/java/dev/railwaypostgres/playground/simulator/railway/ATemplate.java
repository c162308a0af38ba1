package dev.railwaypostgres.playground.simulator.railway;

/** A Postgres as Railway's dashboard makes it, with a public address. */
public final class ATemplate {
    public static final String PASSWORD = "p@ss/w0rd+";

    private final RailwaySimulator.ProjectIds ids;
    private final ADatabase service;

    private ATemplate(RailwaySimulator.ProjectIds ids, ADatabase service) {
        this.ids = ids;
        this.service = service;
    }

    /** @param restartPolicy {@code ON_FAILURE} is what Railway gives by itself */
    public static ATemplate create(RailwaySimulator simulator, String name, String restartPolicy) {
        var ids = simulator.project("mine");
        var api = Api.workspace(simulator);
        var serviceId = ADatabase.createService(api, ids, name);
        var service = new ADatabase(api, ids.environmentId(), serviceId, ADatabase.createVolume(api, ids, serviceId));
        var patch = service.everything();
        var settings = (com.fasterxml.jackson.databind.node.ObjectNode) patch.at("/services/" + serviceId);
        settings.putObject("source").put("image", "registry.example/railwayapp-templates/postgres-ssl:17");
        settings.set("variables", variables());
        settings.withObject("deploy").put("drainingSeconds", 2).put("restartPolicyType", restartPolicy);
        service.patch(patch);
        return new ATemplate(ids, service);
    }

    private static com.fasterxml.jackson.databind.node.ObjectNode variables() {
        var variables = Api.variables();
        variables.putObject("PGDATA").put("value", ADatabase.MOUNT + "/pgdata");
        variables.putObject("POSTGRES_USER").put("value", "postgres");
        variables.putObject("POSTGRES_PASSWORD").put("value", PASSWORD);
        variables.putObject("POSTGRES_DB").put("value", "railway");
        return variables;
    }

    public String serviceId() {
        return service.serviceId();
    }

    public int port() {
        return service.port();
    }

    /** Status and instance status, such as {@code SUCCESS/RUNNING}; a stopped one has a star. */
    public String state() {
        return service.state();
    }

    public void delete() {
        service.api()
                .ask(
                        "mutation($id: String!, $e: String) { serviceDelete(id: $id, environmentId: $e) }",
                        Api.variables().put("id", serviceId()).put("e", ids.environmentId()));
    }
}
