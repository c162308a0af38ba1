package dev.railwaypostgres.postgres;

/** How bad an error or a notice is. Spelled on the wire as here. */
public enum Severity {
    /** All sessions of the server are being ended. */
    PANIC,
    /** This session is over. */
    FATAL,
    /** This statement is over. */
    ERROR,
    WARNING,
    NOTICE,
    DEBUG,
    INFO,
    LOG
}
