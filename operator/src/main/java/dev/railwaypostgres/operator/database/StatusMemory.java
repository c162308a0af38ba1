package dev.railwaypostgres.operator.database;

import dev.railwaypostgres.crds.v1alpha1.Phase;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabaseStatus;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabaseStatus.RailwayObjects;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabaseStatus.Sleep;
import dev.railwaypostgres.postgres.Lsn;
import dev.railwaypostgres.sleep.SleepReason;
import dev.railwaypostgres.sleep.SleepState;
import dev.railwaypostgres.sleep.SleepState.Wake;
import dev.railwaypostgres.sleep.compute.ComputeIdentity;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The status as the operator's memory: how what it has to remember is written there and read again. What a person or
 * another version wrote there and cannot be read counts as not written.
 */
final class StatusMemory {
    private static final RailwayObjects NO_OBJECTS = new RailwayObjects(null, null, null, null, null, null);
    private static final Sleep NO_SLEEP = new Sleep(null, null, null, null, null, List.of(), null, null);

    private StatusMemory() {}

    static RailwayObjects objects(ServerlessDatabaseStatus status) {
        return Objects.requireNonNullElse(status.railway(), NO_OBJECTS);
    }

    static Sleep sleep(ServerlessDatabaseStatus status) {
        return Objects.requireNonNullElse(status.sleep(), NO_SLEEP);
    }

    /** Since when it is in its phase; now, if that is not known. */
    static Instant since(ServerlessDatabaseStatus status, Instant now) {
        return Objects.requireNonNullElse(instant(status.phaseSince()), now);
    }

    static SleepState sleepState(ServerlessDatabaseStatus status, Instant now) {
        Sleep sleep = sleep(status);
        return new SleepState(
                Objects.requireNonNullElse(status.phase(), Phase.PROVISIONING),
                since(status, now),
                instant(sleep.since()),
                SleepReason.of(sleep.reason()),
                sleep.lsn(),
                wake(sleep.lastWake()));
    }

    static ServerlessDatabaseStatus remember(ServerlessDatabaseStatus status, SleepState state, List<String> blockers) {
        Sleep before = sleep(status);
        Sleep sleep = new Sleep(
                text(state.asleepSince()),
                state.reason() == null ? null : state.reason().toString(),
                state.lsn(),
                before.timeline(),
                before.systemIdentifier(),
                blockers,
                before.lastActivity(),
                wake(state.wake()));
        return with(status, state.phase(), objects(status), status.deployedConfiguration(), sleep);
    }

    static ServerlessDatabaseStatus phase(ServerlessDatabaseStatus status, Phase phase) {
        return with(status, phase, objects(status), status.deployedConfiguration(), status.sleep());
    }

    static ServerlessDatabaseStatus objects(ServerlessDatabaseStatus status, RailwayObjects objects) {
        return with(status, status.phase(), objects, status.deployedConfiguration(), status.sleep());
    }

    static ServerlessDatabaseStatus configuration(ServerlessDatabaseStatus status, @Nullable String hash) {
        return with(status, status.phase(), objects(status), hash, status.sleep());
    }

    /** The position before the last fence, or before one that the archive did not allow. */
    static Optional<Lsn> lsn(ServerlessDatabaseStatus status) {
        try {
            return Optional.ofNullable(sleep(status).lsn()).map(Lsn::parse);
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    /** The log position that a checkpoint gave. */
    static ServerlessDatabaseStatus lsn(ServerlessDatabaseStatus status, String lsn) {
        Sleep before = sleep(status);
        return sleep(
                status,
                new Sleep(
                        before.since(),
                        before.reason(),
                        lsn,
                        before.timeline(),
                        before.systemIdentifier(),
                        before.blockers(),
                        before.lastActivity(),
                        before.lastWake()));
    }

    static ServerlessDatabaseStatus identity(ServerlessDatabaseStatus status, ComputeIdentity identity) {
        Sleep before = sleep(status);
        return sleep(
                status,
                new Sleep(
                        before.since(),
                        before.reason(),
                        before.lsn(),
                        identity.timeline(),
                        identity.systemIdentifier(),
                        before.blockers(),
                        before.lastActivity(),
                        before.lastWake()));
    }

    static ServerlessDatabaseStatus lastActivity(ServerlessDatabaseStatus status, Instant at) {
        Sleep before = sleep(status);
        return sleep(
                status,
                new Sleep(
                        before.since(),
                        before.reason(),
                        before.lsn(),
                        before.timeline(),
                        before.systemIdentifier(),
                        before.blockers(),
                        text(at),
                        before.lastWake()));
    }

    static ServerlessDatabaseStatus endpoint(
            ServerlessDatabaseStatus status, ServerlessDatabaseStatus.Endpoint endpoint, @Nullable String secret) {
        return new ServerlessDatabaseStatus(
                status.observedGeneration(),
                status.phase(),
                status.phaseSince(),
                endpoint,
                secret,
                status.railway(),
                status.deployedConfiguration(),
                status.sleep(),
                status.archive(),
                status.replicas(),
                status.cost(),
                status.conditions());
    }

    private static ServerlessDatabaseStatus sleep(ServerlessDatabaseStatus status, Sleep sleep) {
        return with(status, status.phase(), objects(status), status.deployedConfiguration(), sleep);
    }

    private static ServerlessDatabaseStatus with(
            ServerlessDatabaseStatus status,
            @Nullable Phase phase,
            RailwayObjects objects,
            @Nullable String configuration,
            @Nullable Sleep sleep) {
        return new ServerlessDatabaseStatus(
                status.observedGeneration(),
                phase,
                status.phaseSince(),
                status.endpoint(),
                status.connectionSecretName(),
                NO_OBJECTS.equals(objects) ? null : objects,
                configuration,
                NO_SLEEP.equals(sleep) ? null : sleep,
                status.archive(),
                status.replicas(),
                status.cost(),
                status.conditions());
    }

    private static @Nullable Wake wake(ServerlessDatabaseStatus.@Nullable Wake wake) {
        Instant at = wake == null ? null : instant(wake.at());
        return wake == null || at == null
                ? null
                : new Wake(at, Objects.requireNonNullElse(wake.by(), "unknown"), duration(wake.duration()));
    }

    private static ServerlessDatabaseStatus.@Nullable Wake wake(@Nullable Wake wake) {
        return wake == null
                ? null
                : new ServerlessDatabaseStatus.Wake(wake.at().toString(), wake.by(), seconds(wake.took()));
    }

    /** For example {@code 2.4s}. */
    static @Nullable String seconds(@Nullable Duration duration) {
        return duration == null ? null : String.format(Locale.ROOT, "%.1fs", duration.toMillis() / 1000.0);
    }

    private static @Nullable Duration duration(@Nullable String text) {
        try {
            return text == null ? null : Duration.parse("PT" + text);
        } catch (DateTimeParseException unreadable) {
            return null;
        }
    }

    private static @Nullable Instant instant(@Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException unreadable) {
            return null;
        }
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
