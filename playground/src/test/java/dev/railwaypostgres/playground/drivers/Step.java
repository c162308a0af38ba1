package dev.railwaypostgres.playground.drivers;

import java.time.Duration;
import java.util.Locale;

/** What every driver's program does, in this order; each step is a line of its output. */
public enum Step {
    OPEN("The pool opens all its connections", When.AT_ONCE, 0),
    IDLE("Its health checks", When.AT_ONCE, 0),
    QUERY("A query: the first that needs the database", When.AT_ONCE, 1),
    PREPARED("Prepared statements, used again in other transactions and by other connections", When.AT_ONCE, 1),
    TRANSACTION("Commit and rollback", When.AT_ONCE, 1),
    PIPELINE("Many statements at once, and an error amid them", When.AT_ONCE, 1),
    COPY("COPY in and out", When.AT_ONCE, 1),
    CURSOR("A large result in portions", When.AT_ONCE, 1),
    CANCEL("A running statement is cancelled", When.AT_ONCE, 1),
    TIMEOUT("A running statement times out", When.AT_ONCE, 1),
    NOTIFY("LISTEN and NOTIFY", When.AT_ONCE, 1),
    SETTINGS("Settings of one client stay with it", When.AT_ONCE, 1),
    ERRORS("Errors, and the connection is usable after them", When.AT_ONCE, 1),
    CROWD("50 tasks over 10 connections", When.AT_ONCE, 1),
    WAKE("Asleep, the pool open: the next statement, prepared and set as before", When.ASLEEP, 1),
    CROWD_WAKE("Asleep, and slow to wake: 50 tasks at once", When.SLOW_TO_WAKE, 1),
    LISTEN("LISTEN on a connection that is kept", When.AT_ONCE, 1),
    LISTENER_WAKE("Asleep: a NOTIFY reaches who listened before", When.ASLEEP, 1),
    CLOSE("The pool closes", When.AT_ONCE, 1);

    /** Whether the database is put to sleep before the step. */
    private enum When {
        AT_ONCE,
        ASLEEP,
        SLOW_TO_WAKE
    }

    private static final Duration LONG_ENOUGH_FOR_A_NOTICE = Duration.ofMillis(1_200);

    private final String meaning;
    private final When when;
    private final int wakes;

    /** @param wakes that the operator has been asked for since the database fell asleep */
    Step(String meaning, When when, int wakes) {
        this.meaning = meaning;
        this.when = when;
        this.wakes = wakes;
    }

    /** As the programs call it. */
    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** For people. */
    String meaning() {
        return meaning;
    }

    boolean findsDatabaseAsleep() {
        return switch (when) {
            case AT_ONCE -> false;
            case ASLEEP, SLOW_TO_WAKE -> true;
        };
    }

    /** What the platform takes to start the database, besides Postgres itself. */
    Duration startTime() {
        return switch (when) {
            case AT_ONCE, ASLEEP -> Duration.ZERO;
            case SLOW_TO_WAKE -> LONG_ENOUGH_FOR_A_NOTICE;
        };
    }

    int wakes() {
        return wakes;
    }
}
