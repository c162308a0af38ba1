package dev.railwaypostgres.proxy.pool;

import dev.railwaypostgres.postgres.ProtocolVersion;
import dev.railwaypostgres.postgres.scram.Credentials;
import dev.railwaypostgres.postgres.startup.StartupMessage;
import dev.railwaypostgres.postgres.startup.StartupPacket;
import java.util.Map;

/**
 * How to log in to the server on a client's behalf.
 *
 * @param role in whose name
 * @param parameters of the startup packet: database, user, settings
 * @param credentials won from the client's own login; they stay the session's
 * @param replay what to do before the connection counts as the session's
 */
public record LoginRequest(String role, Map<String, String> parameters, Credentials credentials, Replay replay) {
    public LoginRequest {
        parameters = Map.copyOf(parameters);
    }

    StartupPacket startup() {
        return new StartupPacket.Startup(new StartupMessage(ProtocolVersion.V3_0, parameters));
    }
}
