package dev.railwaypostgres.operator.database;

import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabaseStatus;
import dev.railwaypostgres.operator.status.ConditionType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers when a volume was asked for. Volumes have no name of ours to be found by, and show up late: whoever asks
 * twice gets two.
 */
public final class VolumeRequests {
    private final InstantSource clock;
    private final Instant start;
    private final Map<String, Instant> asked = new ConcurrentHashMap<>();

    public VolumeRequests(InstantSource clock) {
        this.clock = clock;
        this.start = clock.instant();
    }

    void ask(DatabaseRef database) {
        asked.put(database.uid(), clock.instant());
    }

    /** Railway has refused: there is none. */
    void forget(DatabaseRef database) {
        asked.remove(database.uid());
    }

    /** When a volume was asked for that may exist; if an operator before this one did, it cannot have been later than our start. */
    Optional<Instant> unanswered(DatabaseRef database, ServerlessDatabaseStatus status) {
        Instant known = asked.get(database.uid());
        boolean askedBefore = StatusMemory.objects(status).volumeId() != null
                || ConditionType.READY
                        .in(status)
                        .filter(ready -> CreationPlanner.MAKING_VOLUME.equals(ready.getMessage()))
                        .isPresent();
        return known == null && askedBefore ? Optional.of(start) : Optional.ofNullable(known);
    }
}
