package dev.railwaypostgres.playground.robustness;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** With a setting, and a statement that is prepared in the server. */
record JdbcSession(Connection connection, PreparedStatement sum, int number) implements OpenSession {
    static JdbcSession open(String uri, int number) throws SQLException {
        var connection = JdbcAddress.of(uri).connect();
        Sql.run(connection, "SET statement_timeout = '" + (60 + number) + "s'");
        return new JdbcSession(connection, connection.prepareStatement("SELECT ?::int + " + number), number);
    }

    @Override
    public void assertAsItWas() throws SQLException {
        assertThat(Sql.ask(connection, "SELECT setting FROM pg_settings WHERE name = 'statement_timeout'"))
                .isEqualTo((60 + number) + "000");
        sum.setInt(1, 1000);
        try (var rows = sum.executeQuery()) {
            rows.next();
            assertThat(rows.getInt(1)).isEqualTo(1000 + number);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
