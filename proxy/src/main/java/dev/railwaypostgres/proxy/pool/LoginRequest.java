package dev.railwaypostgres.proxy.pool;

import dev.railwaypostgres.postgres.ProtocolVersion;
import dev.railwaypostgres.postgres.scram.Credentials;
import dev.railwaypostgres.postgres.startup.StartupMessage;
import dev.railwaypostgres.postgres.startup.StartupPacket;

/**
 * How to log in to the server on a client's behalf.
 *
 * @param applicationName the client's
 * @param credentials won from the client's own login; they stay the session's
 */
public record LoginRequest(Profile profile, String applicationName, Credentials credentials) {
    StartupPacket startup() {
        return new StartupPacket.Startup(
                new StartupMessage(ProtocolVersion.V3_0, profile.startupParameters(applicationName)));
    }
}
