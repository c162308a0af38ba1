package dev.railwaypostgres.playground.drivers;

import static dev.railwaypostgres.playground.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.railwaypostgres.playground.kubernetes.SearchPath;
import dev.railwaypostgres.playground.process.Command;
import dev.railwaypostgres.playground.proxy.ProxyScene;
import dev.railwaypostgres.proxy.ProxyConfig;
import dev.railwaypostgres.proxy.route.DatabaseRef;
import dev.railwaypostgres.proxy.route.PoolPolicy;
import dev.railwaypostgres.proxy.route.Route;
import dev.railwaypostgres.proxy.route.Route.Readiness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A proxy with a certificate and three server connections before a database that sleeps, under a name that exists for the drivers only:
 * they see it in a hosts file of their own.
 */
final class DriverScene {
    private static final String DOMAIN = "db.test";
    private static final String HOST = ProxyScene.DATABASE.endpoint() + "." + DOMAIN;
    private static final PoolPolicy.Size THREE = new PoolPolicy.Size(3, 0, Duration.ofSeconds(5), 100);

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Path folder;
    private final ProxyScene proxy;

    DriverScene(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        makeCertificates();
        Files.writeString(folder.resolve("hosts"), "127.0.0.1 localhost " + HOST + "\n");
        proxy = new ProxyScene(folder, config(), PoolPolicy.defaults().with(THREE), List.of(namesake()));
        proxy.bootFirst();
    }

    /** With it the database's name alone says nothing: only the host's name tells them apart. */
    private static Route namesake() {
        var database = new DatabaseRef("namesake", "orders");
        return new Route(database, "app", database.endpoint(), Readiness.UNKNOWN, null, false, PoolPolicy.defaults());
    }

    private ProxyConfig config() {
        return ProxyConfig.read(Map.of(
                "LISTEN_PORT", "0",
                "MANAGEMENT_PORT", "0",
                "TLS_CERTIFICATE_FILE", folder.resolve("server.crt").toString(),
                "TLS_KEY_FILE", folder.resolve("server.key").toString(),
                "PROXY_DOMAIN", DOMAIN,
                "OPERATOR_URL", "http://localhost",
                "OPERATOR_TOKEN_FILE", "unused"));
    }

    private void makeCertificates() {
        certificate("ca", "/CN=drivers", List.of());
        certificate(
                "server",
                "/CN=proxy",
                List.of(
                        "-CA",
                        folder.resolve("ca.crt").toString(),
                        "-CAkey",
                        folder.resolve("ca.key").toString(),
                        "-addext",
                        "basicConstraints=critical,CA:FALSE",
                        "-addext",
                        "subjectAltName=DNS:*." + DOMAIN));
    }

    private void certificate(String name, String subject, List<String> more) {
        var line = new ArrayList<>(List.of("openssl", "req", "-x509", "-nodes", "-newkey", "ec"));
        line.addAll(List.of("-pkeyopt", "ec_paramgen_curve:prime256v1", "-days", "30", "-subj", subject));
        line.addAll(List.of("-keyout", folder.resolve(name + ".key").toString()));
        line.addAll(List.of("-out", folder.resolve(name + ".crt").toString()));
        line.addAll(more);
        Command.of(line).output();
    }

    /** What a machine needs for that. */
    void assumePossible() {
        assumeThat(SearchPath.find("unshare"))
                .as("a program that gives others a hosts file of their own")
                .isPresent();
        var result = Command.of(inside(List.of("true")).command()).run();
        assumeThat(result.succeeded())
                .as("No program can be given a hosts file of its own: %s", result.errors())
                .isTrue();
    }

    /** The program in a mount namespace of its own, where the hosts file is another. */
    ProcessBuilder inside(List<String> line) {
        var command = new ArrayList<>(List.of("unshare", "--map-root-user", "--mount", "bash", "-c"));
        command.add("mount --bind \"$0\" /etc/hosts && exec \"$@\"");
        command.add(folder.resolve("hosts").toAbsolutePath().toString());
        command.addAll(line);
        var builder = new ProcessBuilder(command);
        builder.environment().putAll(environment());
        return builder;
    }

    /** The variables that libpq has made usual. */
    private Map<String, String> environment() {
        return Map.of(
                "PGHOST", HOST,
                "PGPORT", Integer.toString(proxy.port()),
                "PGDATABASE", "app",
                "PGUSER", "app",
                "PGPASSWORD", "owner",
                "PGSSLMODE", "verify-full",
                "PGSSLROOTCERT", folder.resolve("ca.crt").toAbsolutePath().toString());
    }

    /** As the operator does it: called off while a session holds the database awake. In the end it sleeps all the same. */
    void sleep() throws SQLException, InterruptedException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!proxy.wakes.isEmpty() && !isReleased() && System.nanoTime() < deadline) {
            proxy.phase(Readiness.AWAKE);
        }
        proxy.wakes.clear();
        proxy.suspend();
    }

    /** What the next starts take, besides Postgres itself. */
    void startsIn(Duration time) {
        proxy.startsIn(time);
    }

    /** Whether all servers are given back when that is asked for; else somebody says why not. */
    private boolean isReleased() throws SQLException {
        proxy.holds.clear();
        proxy.phase(Readiness.SUSPENDING);
        eventually(() ->
                assertThat(proxy.openSessions() == 1 || !proxy.holds.isEmpty()).isTrue());
        return proxy.holds.isEmpty();
    }

    /** What the operator learns a moment after a wake. */
    void seenAwake() {
        if (!proxy.wakes.isEmpty()) {
            proxy.phase(Readiness.AWAKE);
        }
    }

    /** What the operator has to say against a step that the driver is content with. */
    Optional<String> complaint(Driver driver, Step step) {
        var wakes = proxy.wakes;
        if (wakes.size() != step.wakes()) {
            return Optional.of("wakes by %s instead of %d".formatted(wakes, step.wakes()));
        }
        if (step == Step.QUERY && !wakes.getFirst().application().equals(driver.text())) {
            return Optional.of("woken by " + wakes);
        }
        return step.findsDatabaseAsleep() && !proxy.holds.isEmpty()
                ? Optional.of("kept from sleep by " + proxy.holds)
                : Optional.empty();
    }

    void end() throws IOException, InterruptedException {
        proxy.end();
    }
}
