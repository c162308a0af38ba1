package dev.railwaypostgres.proxy.park;

/**
 * Why a session stays with its server connection between two transactions: something lives in the server that cannot be
 * carried to another one.
 */
public enum Pin {
    OPEN_WORK("an open transaction or a running statement", false, false),
    TEMPORARY_OBJECT("temporary objects", false, true),
    HELD_CURSOR("a WITH HOLD cursor", false, true),
    SQL_PREPARE("a statement made by SQL PREPARE", false, true),
    ADVISORY_LOCK("an advisory lock", false, true),
    REPLICATION_SLOT("a temporary replication slot", false, true),
    LOADED_LIBRARY("a loaded library", false, false),
    RANDOM_SEED("setseed", false, false),
    UNREAD_STATEMENT("a statement too long to be looked into", false, false),
    TOO_MUCH_TO_KEEP("more prepared statements than are kept", false, false),
    LISTEN("LISTEN", true, false),
    SEQUENCE_VALUE("values drawn from sequences", true, false),
    SESSION_POOLING("pooling by session", true, false),
    /** A function was called that is not built in, or changes settings: only the server knows what it left behind. */
    UNKNOWN_CALL("a function that may have changed the session", true, true);

    private final String text;
    private final boolean outlivesServer;
    private final boolean isCheckable;

    Pin(String text, boolean outlivesServer, boolean isCheckable) {
        this.text = text;
        this.outlivesServer = outlivesServer;
        this.isCheckable = isCheckable;
    }

    /** A noun phrase for people: "cannot sleep because of …". */
    public String text() {
        return text;
    }

    /** The session goes on without its server connection, so the database may sleep: it is made again, or not missed. */
    public boolean outlivesServer() {
        return outlivesServer;
    }

    /** {@code DISCARD ALL} leaves nothing of it behind, so the server connection is good for others. */
    public boolean canBeDiscarded() {
        return switch (this) {
            case OPEN_WORK,
                    HELD_CURSOR,
                    SQL_PREPARE,
                    ADVISORY_LOCK,
                    LISTEN,
                    SEQUENCE_VALUE,
                    SESSION_POOLING,
                    UNKNOWN_CALL -> true;
            case TEMPORARY_OBJECT, REPLICATION_SLOT, LOADED_LIBRARY, RANDOM_SEED, UNREAD_STATEMENT, TOO_MUCH_TO_KEEP ->
                false;
        };
    }

    /** The text of a statement raises only a suspicion; the server can be asked what there is. */
    boolean isCheckable() {
        return isCheckable;
    }
}
