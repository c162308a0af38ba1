package dev.railwaypostgres.proxy.session;

import dev.railwaypostgres.postgres.ProtocolVersion;
import dev.railwaypostgres.postgres.scram.ClientKey;
import dev.railwaypostgres.postgres.scram.Credentials;
import dev.railwaypostgres.postgres.scram.ScramVerifier;
import dev.railwaypostgres.proxy.pool.LoginRequest;
import dev.railwaypostgres.proxy.pool.Profile;

/**
 * Who a client has proved to be, and how to log in to the server in its name.
 *
 * @param protocol what it asked to speak
 * @param key won from the client's own proof; destroyed when the session ends
 * @param address of the client, for people
 */
record ClientIdentity(
        Profile profile,
        String applicationName,
        ProtocolVersion protocol,
        ClientKey key,
        ScramVerifier verifier,
        String address) {
    LoginRequest login() {
        return new LoginRequest(profile, applicationName, new Credentials.Key(key, verifier));
    }
}
