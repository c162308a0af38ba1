package dev.railwaypostgres.playground.bench.proxy;

import dev.railwaypostgres.playground.PortToKeep;
import dev.railwaypostgres.playground.binaries.ProcessNursery;
import dev.railwaypostgres.playground.process.ChildProcess;
import dev.railwaypostgres.playground.process.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The peer: PgBouncer as this machine has it, else from Debian.
 *
 * @param minor of version 1
 */
record PgBouncer(String program, int minor) {
    private static final Pattern VERSION = Pattern.compile("PgBouncer 1\\.(\\d+)");

    /** From this version on it knows clients' prepared statements when it shares servers by transactions. */
    private static final int REMEMBERS_STATEMENTS = 21;

    /** How it talks to Postgres. */
    enum ToServer {
        PLAIN("disable"),
        ENCRYPTED("require");

        final String sslMode;

        ToServer(String sslMode) {
            this.sslMode = sslMode;
        }
    }

    static PgBouncer ofThisMachine() {
        var version = VERSION.matcher(
                Command.of(Programs.find("pgbouncer"), "--version").output());
        if (!version.find()) {
            throw new IllegalStateException("This is no PgBouncer 1: " + Programs.find("pgbouncer"));
        }
        return new PgBouncer(Programs.find("pgbouncer"), Integer.parseInt(version.group(1)));
    }

    String version() {
        return "PgBouncer 1." + minor;
    }

    Pooler start(Path folder, Server server, ToServer encryption, ProcessNursery nursery) throws IOException {
        int port = PortToKeep.choose();
        var name = "pgbouncer-" + encryption.name().toLowerCase(Locale.ROOT);
        var home = Files.createTempDirectory(Files.createDirectories(folder), name);
        var configuration = home.resolve("pgbouncer.ini");
        Files.writeString(
                home.resolve("users.txt"), "\"%s\" \"%s\"%n".formatted(Account.ROLE, Account.VERIFIER.encoded()));
        Files.writeString(configuration, configuration(home, port, server, encryption));
        var process = ChildProcess.startUnprivileged(
                name, new ProcessBuilder(program, configuration.toString()), nursery, home);
        var pooler = new Pooler(version(), port, process, minor >= REMEMBERS_STATEMENTS);
        Answers.await(pooler);
        return pooler;
    }

    private String configuration(Path home, int port, Server server, ToServer encryption) {
        var keys = KeyPair.makeIn(home);
        return """
                [databases]
                %s
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = scram-sha-256
                auth_file = %s
                client_tls_sslmode = allow
                client_tls_cert_file = %s
                client_tls_key_file = %s
                server_tls_sslmode = %s
                max_client_conn = 12000
                log_connections = 0
                log_disconnections = 0
                ignore_startup_parameters = extra_float_digits,options
                %s
                """.formatted(
                Database.all().stream().map(database -> line(database, server)).collect(Collectors.joining()),
                port,
                home.resolve("users.txt"),
                keys.certificate(),
                keys.key(),
                encryption.sslMode,
                minor >= REMEMBERS_STATEMENTS ? "max_prepared_statements = 200" : "");
    }

    private static String line(Database database, Server server) {
        return "%1$s = host=127.0.0.1 port=%2$d dbname=%1$s pool_mode=%3$s pool_size=%4$d%n"
                .formatted(
                        database.name(),
                        server.port(),
                        database.mode().name().toLowerCase(Locale.ROOT),
                        database.servers());
    }
}
