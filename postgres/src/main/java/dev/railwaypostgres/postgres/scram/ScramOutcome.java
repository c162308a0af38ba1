package dev.railwaypostgres.postgres.scram;

import dev.railwaypostgres.postgres.Bytes;

/** How a client's login ended. */
public sealed interface ScramOutcome {
    /**
     * The client knows the password.
     *
     * @param serverFinal goes to the client before {@code AuthenticationOk}
     * @param clientKey logs in wherever the same verifier stands; the receiver's to destroy
     */
    record Authenticated(Bytes serverFinal, ClientKey clientKey) implements ScramOutcome {}

    /** Wrong password, or no such role: not to be told apart. Say {@code 28P01}. */
    record Refused() implements ScramOutcome {}
}
