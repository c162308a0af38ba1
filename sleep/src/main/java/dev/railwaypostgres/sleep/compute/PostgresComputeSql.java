package dev.railwaypostgres.sleep.compute;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.ssl.NonValidatingFactory;

/**
 * Logs in by pgjdbc, whose calls block: as virtual threads like it.
 *
 * <p>Computes have certificates that they signed themselves, so none is checked. What makes that safe is channel
 * binding, which is insisted upon: the login proves to both sides that they know the verifier <i>and</i> that they see the
 * same certificate. Somebody in between, who has to show a certificate of their own, gets no login, no password and no
 * statement; neither does one who offers an older kind of login.
 */
public final class PostgresComputeSql implements ComputeSql {
    /** What parameters of the user's must not do to our sessions. */
    private static final String SESSION_SETTINGS = String.join(
            " -c ",
            "-c search_path=pg_catalog",
            "session_preload_libraries=",
            "local_preload_libraries=",
            "lc_messages=C",
            "synchronous_commit=local",
            "default_transaction_read_only=off",
            "statement_timeout=0",
            "lock_timeout=0",
            "idle_session_timeout=0");

    private final Driver driver = new Driver();

    @Override
    public ComputeSession open(AdminLogin login, Duration timeout) {
        try {
            var connection = connect(login, timeout);
            connection.setNetworkTimeout(Runnable::run, Math.toIntExact(timeout.toMillis()));
            return new PostgresComputeSession(connection, timeout);
        } catch (SQLException e) {
            throw ComputeFailures.from(e);
        }
    }

    private Connection connect(AdminLogin login, Duration timeout) throws SQLException {
        var url = "jdbc:postgresql://%s/%s"
                .formatted(login.address(), URLEncoder.encode(login.database(), StandardCharsets.UTF_8));
        var connection = driver.connect(url, properties(login, timeout));
        if (connection == null) {
            throw new IllegalStateException("The driver does not take " + url);
        }
        return connection;
    }

    private static Properties properties(AdminLogin login, Duration timeout) {
        var seconds = Long.toString(Math.max(1, timeout.plusMillis(999).toSeconds()));
        var properties = new Properties();
        PGProperty.USER.set(properties, login.role());
        PGProperty.PASSWORD.set(properties, login.password().value());
        PGProperty.APPLICATION_NAME.set(properties, login.application());
        PGProperty.OPTIONS.set(properties, SESSION_SETTINGS);
        PGProperty.SSL_MODE.set(properties, "require");
        PGProperty.SSL_FACTORY.set(properties, NonValidatingFactory.class.getName());
        PGProperty.CHANNEL_BINDING.set(properties, "require");
        PGProperty.GSS_ENC_MODE.set(properties, "disable");
        PGProperty.CONNECT_TIMEOUT.set(properties, seconds);
        PGProperty.LOGIN_TIMEOUT.set(properties, seconds);
        PGProperty.SOCKET_TIMEOUT.set(properties, seconds);
        PGProperty.PREFER_QUERY_MODE.set(properties, "simple");
        PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "15");
        PGProperty.LOG_SERVER_ERROR_DETAIL.set(properties, false);
        return properties;
    }
}
