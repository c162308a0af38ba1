package dev.railwaypostgres.proxy.pool;

import java.time.Duration;

/** One place in a pool's queue. */
final class Waiting {
    private static final long FIRST_NOTICE = Duration.ofSeconds(1).toNanos();
    private static final long NEXT_NOTICE = Duration.ofSeconds(5).toNanos();

    final Lessee lessee;
    private long since;
    private long wakingSince;
    private long noticeAt;
    private boolean knowsOfSleep;

    /** Somebody is being got for it: a connection is dialed in its name, or made ready for it. */
    boolean isServed;

    Waiting(Lessee lessee, long now) {
        this.lessee = lessee;
        this.since = now;
        this.noticeAt = now + FIRST_NOTICE;
    }

    /** The wait begins anew. */
    void again(long now) {
        since = now;
        wakingSince = now;
    }

    /** Tells the lessee that its wait is for a wake, unless it knows. */
    void databaseSleeps(long now) {
        if (!knowsOfSleep) {
            knowsOfSleep = true;
            wakingSince = now;
            noticeAt = now + FIRST_NOTICE;
            lessee.databaseSleeps();
        }
    }

    /** From now on the wait is for a free server connection. */
    void databaseAwake(long now) {
        if (knowsOfSleep) {
            knowsOfSleep = false;
            since = now;
        }
    }

    boolean waitsForWake() {
        return knowsOfSleep;
    }

    /** For what it waits for at the moment. Nanoseconds. */
    long waited(long now) {
        return now - (knowsOfSleep ? wakingSince : since);
    }

    /** @param isHeld nobody is served at the moment */
    void tellIfDue(long now, boolean isHeld) {
        if ((knowsOfSleep || isHeld) && now - noticeAt >= 0) {
            noticeAt = now + NEXT_NOTICE;
            lessee.notice("the database is %s, %d s so far"
                    .formatted(
                            isHeld ? "paused" : "waking up",
                            Duration.ofNanos(waited(now)).toSeconds()));
        }
    }
}
