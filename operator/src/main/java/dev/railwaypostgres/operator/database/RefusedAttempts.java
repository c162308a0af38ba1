package dev.railwaypostgres.operator.database;

import dev.railwaypostgres.crds.v1alpha1.Phase;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabase;
import dev.railwaypostgres.operator.status.StatusWriter;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which databases Railway has refused to make, and until when they are let be. Any news of the environment makes the
 * framework look at all its databases again; without this memory each look would repeat the attempt. A change of the
 * resource's spec, or a start of the operator, is a new attempt at once.
 */
final class RefusedAttempts {
    private final Map<ResourceID, Attempt> attempts = new ConcurrentHashMap<>();
    private final InstantSource clock;

    RefusedAttempts(InstantSource clock) {
        this.clock = clock;
    }

    private record Attempt(long generation, Instant next) {}

    /** Does nothing for a database that is made: sleep and wake must never wait for this. */
    void remember(ServerlessDatabase database, Duration retryAfter) {
        if (isBeingMade(database)) {
            Attempt attempt = new Attempt(
                    database.getMetadata().getGeneration(), clock.instant().plus(retryAfter));
            attempts.put(ResourceID.fromResource(database), attempt);
        }
    }

    /** How long it is still to be let be; empty if it is to be looked at now. */
    Optional<Duration> rest(ServerlessDatabase database) {
        return Optional.ofNullable(attempts.get(ResourceID.fromResource(database)))
                .filter(attempt ->
                        attempt.generation() == database.getMetadata().getGeneration())
                .map(attempt -> Duration.between(clock.instant(), attempt.next()))
                .filter(Duration::isPositive);
    }

    void forget(ServerlessDatabase database) {
        attempts.remove(ResourceID.fromResource(database));
    }

    private static boolean isBeingMade(ServerlessDatabase database) {
        Phase phase = StatusWriter.current(database).phase();
        return phase == null || phase == Phase.PROVISIONING;
    }
}
