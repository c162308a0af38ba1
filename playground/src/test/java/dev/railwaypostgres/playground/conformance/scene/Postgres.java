package dev.railwaypostgres.playground.conformance.scene;

import static dev.railwaypostgres.playground.Eventually.eventually;

import dev.railwaypostgres.playground.binaries.PostgresBinaries;
import dev.railwaypostgres.playground.conformance.wire.Account;
import dev.railwaypostgres.playground.conformance.wire.Server;
import dev.railwaypostgres.playground.conformance.wire.WireClient;
import dev.railwaypostgres.playground.proxy.StoppableCompute;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The Postgres that says what is right, and that the proxy stands before. */
public final class Postgres implements AutoCloseable {
    /** Owns the databases; may become {@code other}. */
    public static final Account APP = Account.of("app");

    public static final Account OTHER = Account.of("other");

    /** A superuser. */
    public static final Account BOSS = Account.of("boss");

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String STATUS = "ParameterStatus ";

    /** Nothing here is to outlive the test. */
    private static final String PARAMETERS = """
            timezone = 'Europe/Berlin'
            fsync = off
            synchronous_commit = off
            full_page_writes = off
            max_prepared_transactions = 10
            max_connections = 200
            """;

    private final StoppableCompute compute;

    /** The version is {@code -Dpostgres.major}. */
    public Postgres(Path folder) throws IOException {
        compute = new StoppableCompute(
                folder, Integer.getInteger("postgres.major", PostgresBinaries.DEFAULT_MAJOR), PARAMETERS);
        compute.start();
        eventually(() -> superuser("postgres").close());
        administer(
                "ALTER ROLE app PASSWORD '%s'".formatted(APP.verifier().encoded()),
                "CREATE ROLE other LOGIN PASSWORD '%s'"
                        .formatted(OTHER.verifier().encoded()),
                "CREATE ROLE boss SUPERUSER LOGIN PASSWORD '%s'"
                        .formatted(BOSS.verifier().encoded()),
                "GRANT other TO app");
    }

    private void administer(String... statements) {
        try (var connection = superuser("postgres");
                var statement = connection.createStatement()) {
            for (var each : statements) {
                statement.execute(each);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void createDatabase(String name) {
        administer("CREATE DATABASE %s OWNER app".formatted(name));
    }

    Connection superuser(String database) throws SQLException {
        var url = "jdbc:postgresql://127.0.0.1:%d/%s?sslmode=require".formatted(compute.port(), database);
        return DriverManager.getConnection(url, "postgres", StoppableCompute.ADMIN_PASSWORD);
    }

    /** Without any proxy. */
    public Server server() {
        return new Server(compute.port(), true);
    }

    /** What it tells a client at its login, by the settings' names. */
    Map<String, String> reported() {
        var client = WireClient.connect(server(), UnaryOperator.identity(), LIMIT);
        client.logIn(APP, Map.of("user", APP.role(), "database", "app"));
        client.leave();
        var reported = new LinkedHashMap<String, String>();
        client.heard().stream()
                .filter(spelled -> spelled.startsWith(STATUS))
                .map(spelled -> spelled.substring(STATUS.length()).split("=", 2))
                .forEach(pair -> reported.put(pair[0], pair[1]));
        return reported;
    }

    @Override
    public void close() {
        try {
            compute.end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Postgres was stopping", e);
        }
    }
}
