package dev.railwaypostgres.postgres.message;

/** What is to happen with one message of a stream. */
public enum Verdict {
    /** Goes through as it is. */
    PASS,
    /** Is shown first, to be decided upon then. */
    LOOK,
    /** Is handed over instead of going through, as far as it is shown. */
    TAKE,
    /** Vanishes, unseen. */
    DROP,
    /** Stays where it is, with all behind it, until the framer is fed again. */
    STOP
}
