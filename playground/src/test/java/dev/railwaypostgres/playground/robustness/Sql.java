package dev.railwaypostgres.playground.robustness;

import java.sql.Connection;
import java.sql.SQLException;

/** Statements with one value or none. */
final class Sql {
    private Sql() {}

    static void run(Connection connection, String statement) throws SQLException {
        try (var run = connection.createStatement()) {
            run.execute(statement);
        }
    }

    static String ask(Connection connection, String query) throws SQLException {
        try (var run = connection.createStatement();
                var rows = run.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
