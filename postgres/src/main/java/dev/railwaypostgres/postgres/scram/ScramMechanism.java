package dev.railwaypostgres.postgres.scram;

/** The two names under which servers offer SCRAM with SHA-256. */
public final class ScramMechanism {
    public static final String SCRAM_SHA_256 = "SCRAM-SHA-256";

    /** With channel binding: over TLS only. */
    public static final String SCRAM_SHA_256_PLUS = "SCRAM-SHA-256-PLUS";

    private ScramMechanism() {}
}
