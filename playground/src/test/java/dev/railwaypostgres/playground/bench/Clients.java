package dev.railwaypostgres.playground.bench;

import dev.railwaypostgres.playground.run.Stage;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Properties;

/** Clients of one database, as an application would connect: through the proxy, with the real driver, by the connection Secret. */
final class Clients {
    private final String url;
    private final Properties login = new Properties();

    Clients(Stage stage, String database) {
        url = "jdbc:postgresql://%s:%s/%s"
                .formatted(
                        secret(stage, database, "host"),
                        secret(stage, database, "port"),
                        secret(stage, database, "database"));
        login.setProperty("user", secret(stage, database, "username"));
        login.setProperty("password", secret(stage, database, "password"));
        login.setProperty("sslmode", "require");
        login.setProperty("options", "endpoint=" + database + "-" + stage.namespace());
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url, login);
    }

    /** @throws SQLException the proxy's refusal */
    Connection connectWithPassword(String password) throws SQLException {
        var other = new Properties();
        other.putAll(login);
        other.setProperty("password", password);
        return DriverManager.getConnection(url, other);
    }

    /** Whether the answer is right. */
    static boolean isAnswered(Connection connection, int number) throws SQLException {
        try (var statement = connection.createStatement();
                var answer = statement.executeQuery("SELECT " + number + " WHERE pg_is_in_recovery() IS FALSE")) {
            return answer.next() && answer.getInt(1) == number;
        }
    }

    private static String secret(Stage stage, String database, String key) {
        var encoded = stage.kubectl("get", "secret", database + "-connection", "-o", "jsonpath={.data." + key + "}");
        return new String(Base64.getDecoder().decode(encoded.strip()), StandardCharsets.UTF_8);
    }
}
