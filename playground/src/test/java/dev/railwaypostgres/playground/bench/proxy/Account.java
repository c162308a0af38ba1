package dev.railwaypostgres.playground.bench.proxy;

import dev.railwaypostgres.postgres.Bytes;
import dev.railwaypostgres.postgres.scram.ScramVerifier;
import java.nio.charset.StandardCharsets;

/**
 * Who logs in. The verifier is stretched only once, so that a login costs clients next to nothing, as it does clients that
 * keep their keys; what it costs the server's side does not depend on that.
 */
final class Account {
    static final String ROLE = "bench";
    static final String PASSWORD = "bench";
    static final ScramVerifier VERIFIER =
            ScramVerifier.ofPassword(PASSWORD, 1, Bytes.copyOf("a salt, not more".getBytes(StandardCharsets.US_ASCII)));

    private Account() {}
}
