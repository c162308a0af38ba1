package dev.railwaypostgres.sleep;

import dev.railwaypostgres.sleep.compute.ActivitySnapshot;
import dev.railwaypostgres.sleep.compute.ClientBackend;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Who counts as working, judged from what Postgres says of its client backends. An idle session is no work, an open
 * transaction is.
 */
record IdleJudgement(ActivitySnapshot activity, SleepPolicy policy) {
    boolean isBusy() {
        return activity.backends().stream().anyMatch(this::isWorking);
    }

    /** Also those that do not count: behind the fence they would keep everybody else out. */
    boolean isAnyoneWorking() {
        return activity.backends().stream().anyMatch(backend -> !backend.isIdle());
    }

    /** Whether sessions are left that only need to be ended: idle for so long, counted or not. */
    boolean hasSessionsIdleFor(Duration atLeast) {
        Instant latest = activity.at().minus(atLeast);
        return activity.backends().stream()
                .anyMatch(backend -> backend.isIdle() && !backend.stateChange().isAfter(latest));
    }

    boolean isEmpty() {
        return activity.backends().isEmpty();
    }

    /** A sentence for each session that has been working for so long. The same text for as long as nothing changes. */
    List<String> workingFor(Duration atLeast) {
        Instant latest = activity.at().minus(atLeast);
        return activity.backends().stream()
                .filter(this::isWorking)
                .filter(backend -> !workingSince(backend).isAfter(latest))
                .map(IdleJudgement::sentence)
                .toList();
    }

    private boolean isWorking(ClientBackend backend) {
        return !backend.isIdle() && policy.counts(backend);
    }

    private static Instant workingSince(ClientBackend backend) {
        return Objects.requireNonNullElse(backend.transactionStart(), backend.stateChange());
    }

    private static String sentence(ClientBackend backend) {
        String who = "Role " + backend.role() + " (" + named(backend.application()) + ", "
                + Objects.requireNonNullElse(backend.address(), "local") + ")";
        return switch (backend.state()) {
            case STARTING -> who + " is logging in.";
            case ACTIVE, IDLE -> who + " runs a statement since " + seconds(workingSince(backend)) + ".";
            case IN_TRANSACTION, IN_FAILED_TRANSACTION ->
                who + " holds a transaction open since " + seconds(workingSince(backend)) + ".";
            case BACKING_UP -> who + " takes a backup.";
        };
    }

    private static String named(String application) {
        return application.isEmpty() ? "unnamed" : application;
    }

    private static Instant seconds(Instant instant) {
        return Instant.ofEpochSecond(instant.getEpochSecond());
    }
}
