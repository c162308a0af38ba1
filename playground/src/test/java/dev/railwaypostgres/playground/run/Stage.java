package dev.railwaypostgres.playground.run;

import dev.railwaypostgres.playground.Repository;
import dev.railwaypostgres.playground.simulator.railway.RailwaySimulator.ServiceStatus;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where one test plays: the shared playground and a namespace of its own. */
public record Stage(Playground playground, String namespace) {
    /** Runs kubectl in the namespace. */
    public String kubectl(String... arguments) {
        var inNamespace = Stream.concat(Stream.of("-n", namespace), Stream.of(arguments));
        return playground.kubectl().run(inNamespace.toArray(String[]::new));
    }

    /** Applies manifests given as text. */
    public void apply(String manifests) {
        playground.kubectl().apply(namespace, manifests);
    }

    /** Creates a database with this spec in YAML's flow style, and waits until it is ready. */
    public void createDatabase(String name, String spec) {
        apply("""
                apiVersion: railway-postgres.dev/v1alpha1
                kind: ServerlessDatabase
                metadata: {name: %s}
                spec: %s
                """.formatted(name, spec));
        kubectl("wait", "--for=condition=Ready", "sdb/" + name, "--timeout=90s");
    }

    public void applyExample(String file) {
        kubectl("apply", "-f", Repository.path("examples").resolve(file).toString());
    }

    /** One field of a database, by JSONPath. */
    public String field(String database, String path) {
        return kubectl("get", "sdb", database, "-o", "jsonpath={" + path + "}");
    }

    public String phase(String database) {
        return field(database, ".status.phase");
    }

    /** The connection string that an application would read. */
    public String uri(String database) {
        var encoded = kubectl("get", "secret", database + "-connection", "-o", "jsonpath={.data.uri}");
        return new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
    }

    /** An open psql session of the application's role. */
    public Psql psql(String database) {
        return Psql.open(uri(database));
    }

    /** What the platform runs for a database, found by the service's id in its status. */
    public Optional<ServiceStatus> service(String database) {
        var id = field(database, ".status.railway.serviceId");
        return services().stream()
                .filter(service -> service.serviceId().equals(id))
                .findFirst();
    }

    /** What the containers of a database have said, the latest last. */
    public Path log(String database) {
        return playground
                .home()
                .railway()
                .resolve("logs")
                .resolve(service(database).orElseThrow().name() + ".log");
    }

    public List<ServiceStatus> services() {
        return playground.railway().services();
    }
}
