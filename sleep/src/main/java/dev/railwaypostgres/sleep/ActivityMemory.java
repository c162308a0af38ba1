package dev.railwaypostgres.sleep;

import dev.railwaypostgres.sleep.compute.ActivitySnapshot;
import dev.railwaypostgres.sleep.compute.ClientBackend;
import java.time.Duration;
import java.time.Instant;

/**
 * When work was last seen, carried from look to look.
 *
 * <p>A session that came and went between two looks shows in the count of sessions only. That count does not say whose
 * they were, so it is left aside for a database that ignores somebody: to sleep too early costs a wake, never to sleep
 * costs money.
 *
 * @param sessions ever established, as of the last look
 */
public record ActivityMemory(Instant lastActivity, long sessions) {
    public static ActivityMemory begin(ActivitySnapshot activity, SleepPolicy policy, Instant now) {
        return new ActivityMemory(now, activity.sessions()).after(activity, policy, now);
    }

    public ActivityMemory after(ActivitySnapshot activity, SleepPolicy policy, Instant now) {
        boolean cameAndWent = activity.sessions() > sessions && policy.ignoresNobody();
        Instant latest = cameAndWent ? now : lastActivity;
        for (ClientBackend backend : activity.backends()) {
            if (policy.counts(backend)) {
                latest = later(latest, worked(backend, activity.at(), now));
            }
        }
        return new ActivityMemory(latest, activity.sessions());
    }

    /** By our clock, which the server's may differ from. */
    private static Instant worked(ClientBackend backend, Instant serverNow, Instant now) {
        return backend.isIdle() ? now.minus(Duration.between(backend.stateChange(), serverNow)) : now;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
