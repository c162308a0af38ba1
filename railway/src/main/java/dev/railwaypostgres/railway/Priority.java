package dev.railwaypostgres.railway;

/** Who goes first when a token's call budget is short, first to last. */
public enum Priority {
    /** Somebody waits for a database to wake. */
    WAKE,
    /** Somebody changed a resource. */
    CHANGE,
    /** Nobody waits: looking whether all is still as it should be. */
    RESYNC
}
