package dev.railwaypostgres.playground.bench.proxy;

import dev.railwaypostgres.playground.Repository;
import dev.railwaypostgres.playground.bench.proxy.PgBench.Load;
import dev.railwaypostgres.playground.binaries.ProcessNursery;
import dev.railwaypostgres.playground.run.Progress;
import dev.railwaypostgres.proxy.route.Route;
import dev.railwaypostgres.proxy.server.TransportChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Where the contest takes place: one Postgres, and everything to put poolers before it. */
final class Ground implements AutoCloseable {
    /** Postgres is the same for all; it is only not to be slowed down by a disk. */
    private static final List<String> NO_DISK = List.of(
            "fsync = off",
            "synchronous_commit = off",
            "full_page_writes = off",
            "autovacuum = off",
            "checkpoint_timeout = 1h",
            "max_wal_size = 8GB",
            "shared_buffers = 256MB",
            "max_connections = 2000");

    private final Path folder;
    private final ProcessNursery nursery = new ProcessNursery();
    private final Server server;
    private final OperatorStandIn operator;
    private final PgBouncer pgBouncer = PgBouncer.ofThisMachine();
    private final PgBench pgBench;
    private final ProxyProgram proxy;

    private Ground(Path folder, Progress progress) throws IOException, InterruptedException, SQLException {
        this.folder = folder;
        this.pgBench = new PgBench(Programs.pgBench(), folder.resolve("pgbench"));
        progress.say("Making a Postgres");
        this.server = Server.make(folder.resolve("postgres"), nursery, NO_DISK);
        server.start();
        server.awaitStart();
        fill();
        this.operator = OperatorStandIn.start(parameters(), () -> {});
        progress.say("Training the proxy");
        this.proxy = ProxyProgram.make(folder.resolve("proxy"), nursery, task(TransportChoice.AUTO), pgBench::train);
    }

    static Ground make(Progress progress) throws IOException, InterruptedException, SQLException {
        return new Ground(fresh(Repository.path("playground/target/bench")), progress);
    }

    /** What the last run left is in the way of nobody but a full disk. */
    private static Path fresh(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var left = Files.walk(folder)) {
                for (var file : left.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        return Files.createDirectories(folder);
    }

    private void fill() throws SQLException {
        server.run(
                "postgres",
                "CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(Account.ROLE, Account.VERIFIER.encoded()),
                create(Database.SHARED, "template1"));
        pgBench.initialize(server.port(), Database.SHARED);
        server.run(Database.SHARED.name(), "CREATE UNLOGGED TABLE copied (line text)", "GRANT ALL ON copied TO public");
        for (var database : Database.all()) {
            if (!database.equals(Database.SHARED)) {
                server.run("postgres", create(database, Database.SHARED.name()));
            }
        }
    }

    private static String create(Database database, String template) {
        return "CREATE DATABASE %s OWNER %s TEMPLATE %s".formatted(database.name(), Account.ROLE, template);
    }

    /** What Postgres reports to every client, as the operator would have read it. */
    Map<String, String> parameters() throws SQLException {
        var names = List.of(
                "server_version",
                "server_encoding",
                "client_encoding",
                "DateStyle",
                "IntervalStyle",
                "TimeZone",
                "integer_datetimes",
                "standard_conforming_strings",
                "default_transaction_read_only",
                "in_hot_standby",
                "search_path",
                "scram_iterations");
        var parameters = new TreeMap<String, String>();
        try (var connection = server.connect("postgres");
                var statement = connection.createStatement()) {
            for (var name : names) {
                try (var row = statement.executeQuery("SHOW " + name)) {
                    row.next();
                    parameters.put(name, row.getString(1));
                }
            }
        }
        return parameters;
    }

    /** Lets the load fall on each of them in turns, when they have warmed up to it. */
    Contest<Pooler> contest(List<Pooler> contenders, Load load, Effort effort) throws Exception {
        for (var contender : contenders) {
            pgBench.warmUp(contender, load, effort.warmUp());
        }
        return Contest.hold(effort.rounds(), contenders, each -> pgBench.run(each, load, effort.seconds()));
    }

    Server server() {
        return server;
    }

    PgBench pgBench() {
        return pgBench;
    }

    ProxyProgram proxyProgram() {
        return proxy;
    }

    Path folder() {
        return folder;
    }

    ProcessNursery nursery() {
        return nursery;
    }

    ProxyProgram.Task task(TransportChoice transport) {
        return new ProxyProgram.Task(server.port(), Route.Readiness.AWAKE, operator.url(), transport);
    }

    /** A new proxy, the caller's to close. */
    Pooler startProxy(TransportChoice transport) throws IOException {
        return proxy.start(task(transport));
    }

    /** A new PgBouncer, the caller's to close. */
    Pooler startPgBouncer(PgBouncer.ToServer encryption) throws IOException {
        return pgBouncer.start(folder.resolve("pgbouncer"), server, encryption, nursery);
    }

    String versions() {
        return pgBouncer.version() + ", " + pgBench.version();
    }

    @Override
    public void close() {
        server.close();
        operator.close();
        nursery.close();
    }
}
