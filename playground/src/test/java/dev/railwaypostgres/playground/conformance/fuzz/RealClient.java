package dev.railwaypostgres.playground.conformance.fuzz;

import dev.railwaypostgres.playground.binaries.PostgresTools;
import dev.railwaypostgres.playground.conformance.scene.Lane;
import dev.railwaypostgres.playground.conformance.scene.Postgres;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;

/** What widespread clients say when they do all kinds of things. */
enum RealClient {
    PSQL {
        @Override
        void talk(int port, Lane lane) throws IOException, InterruptedException {
            var address = "host=127.0.0.1 port=%d dbname=%s user=app".formatted(port, lane.database());
            var process =
                    new ProcessBuilder(PostgresTools.standard(_ -> {}).psql().toString(), "-X", "-q", address);
            process.environment().put("PGPASSWORD", Postgres.APP.password());
            var psql = process.redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (var keyboard = psql.outputWriter()) {
                keyboard.write("""
                        SELECT 1;
                        BEGIN; SAVEPOINT a; SELECT nonsense; ROLLBACK TO a; COMMIT;
                        SET work_mem TO '5MB';
                        CREATE TEMP TABLE u (i int);
                        COPY u FROM STDIN;
                        1
                        2
                        \\.
                        COPY u TO STDOUT;
                        DROP TABLE u;
                        SELECT $1::int + $2::int \\bind 1 2 \\g
                        \\d
                        """);
            }
            if (!psql.waitFor(20, TimeUnit.SECONDS)) {
                throw new IOException("psql has not ended");
            }
        }
    },
    PGJDBC {
        @Override
        void talk(int port, Lane lane) throws IOException, SQLException {
            var properties = new Properties();
            properties.setProperty("user", Postgres.APP.role());
            properties.setProperty("password", Postgres.APP.password());
            properties.setProperty("prepareThreshold", "1");
            var url = "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, lane.database());
            try (var connection = DriverManager.getConnection(url, properties)) {
                prepare(connection);
                copy(connection);
                read(connection);
            }
        }

        private static void prepare(Connection connection) throws SQLException {
            try (var statement = connection.prepareStatement("INSERT INTO t VALUES (?)")) {
                for (int i = 0; i < 3; i++) {
                    statement.setInt(1, i);
                    statement.addBatch();
                }
                statement.executeBatch();
            }
        }

        private static void copy(Connection connection) throws SQLException, IOException {
            var copies = connection.unwrap(PGConnection.class).getCopyAPI();
            copies.copyIn("COPY t FROM STDIN", new StringReader("7\n8\n"));
            copies.copyOut("COPY t TO STDOUT", new StringWriter());
        }

        private static void read(Connection connection) throws SQLException {
            connection.setAutoCommit(false);
            try (var statement = connection.prepareStatement("SELECT g, 'text' FROM generate_series(1, ?) g")) {
                statement.setFetchSize(2);
                statement.setInt(1, 5);
                try (var rows = statement.executeQuery()) {
                    while (rows.next()) {
                        rows.getInt(1);
                    }
                }
            }
            connection.rollback();
        }
    };

    /** Whatever it does, to its end. */
    abstract void talk(int port, Lane lane) throws IOException, SQLException, InterruptedException;

    /** What it says after its login. */
    byte[] said(Lane lane) throws IOException, SQLException, InterruptedException {
        try (var tap = new Tap(lane.port())) {
            talk(tap.port(), lane);
            return tap.saidSinceLogin();
        }
    }
}
