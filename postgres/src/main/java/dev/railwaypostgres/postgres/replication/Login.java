package dev.railwaypostgres.postgres.replication;

import dev.railwaypostgres.postgres.ProtocolVersion;
import dev.railwaypostgres.postgres.scram.Credentials;
import dev.railwaypostgres.postgres.startup.StartupMessage;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Who asks for replication.
 *
 * @param database with it the connection also runs statements, and an ordinary line of {@code pg_hba.conf} lets it in;
 *     without it the server wants a line for {@code replication}
 */
public record Login(
        String user, Credentials credentials, @Nullable String database, String applicationName) {
    StartupMessage startup() {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("user", user);
        parameters.put("replication", database == null ? "true" : "database");
        if (database != null) {
            parameters.put("database", database);
        }
        parameters.put("application_name", applicationName);
        parameters.put("client_encoding", "UTF8");
        return new StartupMessage(ProtocolVersion.V3_0, parameters);
    }
}
