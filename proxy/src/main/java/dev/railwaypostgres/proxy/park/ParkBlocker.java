package dev.railwaypostgres.proxy.park;

/**
 * Why a session cannot leave its server connection: something lives in the server that cannot be made again elsewhere.
 * While one of these holds, the database must not sleep under the session.
 */
public enum ParkBlocker {
    OPEN_WORK("an open transaction or a running statement"),
    TEMPORARY_OBJECT("temporary objects"),
    LISTEN("LISTEN"),
    HELD_CURSOR("a WITH HOLD cursor"),
    SQL_PREPARE("a statement made by SQL PREPARE"),
    ADVISORY_LOCK("an advisory lock"),
    SETTING("a setting that cannot be repeated"),
    LOADED_LIBRARY("a loaded library"),
    UNREAD_STATEMENT("a statement too long to be looked into"),
    TOO_MUCH_TO_KEEP("more prepared statements than are kept");

    private final String text;

    ParkBlocker(String text) {
        this.text = text;
    }

    /** A noun phrase for people: "cannot sleep because of …". */
    public String text() {
        return text;
    }
}
