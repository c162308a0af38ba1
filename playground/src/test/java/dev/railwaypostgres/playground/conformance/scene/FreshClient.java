package dev.railwaypostgres.playground.conformance.scene;

import dev.railwaypostgres.playground.conformance.wire.ClientMessage;
import dev.railwaypostgres.playground.conformance.wire.WireClient;
import java.util.List;
import java.util.Map;

/**
 * One that has just come, and looks at all that others may have left behind on its server connection. Not at the source of
 * {@code transaction_…}: it stays {@code session} for ever once a transaction was given characteristics, and means nothing.
 */
public final class FreshClient {
    private static final String LOOK = String.join(
            ";",
            """
            SELECT name, setting, source FROM pg_settings
            WHERE source NOT IN ('default', 'override', 'configuration file', 'command line', 'environment variable')
            AND name NOT LIKE 'transaction_%'
            ORDER BY name""",
            "SELECT current_user, session_user, current_setting('role'), current_schemas(false)",
            "SELECT coalesce(current_setting('app.tenant', true), '')",
            "SELECT pg_listening_channels()",
            "SELECT name FROM pg_cursors",
            "SELECT name FROM pg_prepared_statements WHERE from_sql",
            "SELECT relname FROM pg_class WHERE relnamespace = pg_my_temp_schema()",
            "SELECT classid, objid, mode FROM pg_locks WHERE pid = pg_backend_pid() AND locktype = 'advisory'"
                    + " ORDER BY classid, objid, mode",
            "SELECT lastval()");

    private FreshClient() {}

    /** What it hears. */
    public static List<String> look(Entrance entrance) {
        try (var client = entrance.connect(Postgres.APP, Map.of())) {
            look(client);
            client.leave();
            return client.heard();
        }
    }

    /** Somebody looks who has been there for a while. */
    public static void look(WireClient client) {
        client.send(ClientMessage.query(LOOK));
        client.await("ReadyForQuery");
    }
}
