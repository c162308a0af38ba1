package dev.railwaypostgres.proxy.standalone;

import dev.railwaypostgres.crds.v1alpha1.Phase;
import dev.railwaypostgres.railway.CallTerms;
import dev.railwaypostgres.railway.model.Deployment;
import dev.railwaypostgres.railway.model.RestartPolicy;
import dev.railwaypostgres.railway.model.ServiceId;
import dev.railwaypostgres.railway.model.ServiceInstance;
import dev.railwaypostgres.sleep.ComputeSight;
import dev.railwaypostgres.sleep.LoginSight;
import dev.railwaypostgres.sleep.SleepBarrier;
import dev.railwaypostgres.sleep.SleepState;
import dev.railwaypostgres.sleep.SleepView;
import dev.railwaypostgres.sleep.Wishes;
import dev.railwaypostgres.sleep.watch.ComputeWatch;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a database: its service on Railway and its Postgres. Never acts.
 *
 * <p>Railway is not asked about one that is awake and answers. Before one is put to sleep Railway must have answered a
 * moment ago: what cannot be woken must not sleep.
 */
final class DatabaseObserver {
    private static final Duration RARELY = Duration.ofSeconds(60);
    private static final Duration A_MOMENT = Duration.ofSeconds(10);
    private static final Duration JUST_NOW = Duration.ofSeconds(2);

    /** How often Railway is asked for the end of a compute that somebody waits to have back. */
    static final Duration AT_ONCE = Duration.ofMillis(500);

    private final StandaloneSettings.Database database;
    private final RailwayEnvironment railway;
    private final ComputeWatch<String> watch;
    private final InstantSource clock;

    DatabaseObserver(
            StandaloneSettings.Database database,
            RailwayEnvironment railway,
            ComputeWatch<String> watch,
            InstantSource clock) {
        this.database = database;
        this.railway = railway;
        this.watch = watch;
        this.clock = clock;
    }

    /** @param service null: Railway was not asked, since Postgres itself has answered */
    record Observation(SleepView view, @Nullable ServiceId service) {}

    Observation look(Memory memory, Wishes wishes) {
        var login = login(memory);
        if (memory.state().phase() == Phase.ACTIVE && login instanceof LoginSight.LoggedIn) {
            return seen(wishes, new ComputeSight.Alive("", null), login, null);
        }
        var service = railway.service(database.service(), notBefore(memory.state(), wishes, login), terms(memory));
        return seen(wishes, compute(service, memory), login, service);
    }

    private Observation seen(Wishes wishes, ComputeSight compute, LoginSight login, @Nullable ServiceInstance service) {
        boolean comesBack = service != null && service.restartPolicy() == RestartPolicy.ALWAYS;
        return new Observation(
                new SleepView(
                        database.sleep(), wishes, compute, login, new SleepBarrier.Passed(), comesBack, false, false),
                service == null ? null : service.serviceId());
    }

    /** A suspend decides by what Postgres says at this moment, all else by what it said last. */
    private LoginSight login(Memory memory) {
        return memory.state().phase() == Phase.SUSPENDING ? watch.look(database.name()) : watch.last(database.name());
    }

    /** What Railway said before the database came into its phase tells nothing of it; unless it is to be woken at once. */
    private Instant notBefore(SleepState state, Wishes wishes, LoginSight login) {
        var now = clock.instant();
        return switch (state.phase()) {
            case SUSPENDED -> isAwaited(state, wishes) ? Instant.MIN : now.minus(RARELY);
            case SUSPENDING -> later(state.since(), now.minus(patience(state, wishes, login)));
            case ACTIVE, WAKING -> later(state.since(), now.minus(A_MOMENT));
            case PROVISIONING, RESTORING, FAILED, DELETING -> throw new IllegalStateException("never here: " + state);
        };
    }

    private static Duration patience(SleepState state, Wishes wishes, LoginSight login) {
        if (login instanceof LoginSight.LoggedIn) {
            return A_MOMENT;
        }
        return isAwaited(state, wishes) ? AT_ONCE : JUST_NOW;
    }

    /** Somebody waits for it to be awake again. */
    static boolean isAwaited(SleepState state, Wishes wishes) {
        return wishes.wakeFrom(state.begun()).isPresent();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static CallTerms terms(Memory memory) {
        return memory.state().phase() == Phase.SUSPENDED ? CallTerms.RESYNC : CallTerms.CHANGE;
    }

    private ComputeSight compute(ServiceInstance service, Memory memory) {
        var latest = Optional.ofNullable(service.latestDeployment());
        return service.activeDeployments().stream()
                .filter(deployment -> !deployment.hasEnded())
                .findFirst()
                .or(() -> latest.filter(deployment -> !deployment.hasEnded()))
                .or(() -> notYetListed(latest, memory))
                .or(() -> latest)
                .map(DatabaseObserver::sight)
                .orElseGet(ComputeSight.Absent::new);
    }

    /** The deployment that a wake has made, while listings still end with the one before it. */
    private Optional<Deployment> notYetListed(Optional<Deployment> latest, Memory memory) {
        return Optional.ofNullable(memory.started())
                .filter(_ -> memory.state().phase() == Phase.WAKING)
                .filter(started ->
                        latest.filter(listed -> listed.id().equals(started)).isEmpty())
                .flatMap(railway::deployment)
                .filter(deployment -> !deployment.hasEnded());
    }

    private static ComputeSight sight(Deployment deployment) {
        var id = deployment.id().value();
        return deployment.hasEnded()
                ? new ComputeSight.Ended(id, deployment.hasFailed(), deployment.statusUpdatedAt())
                : new ComputeSight.Alive(id, deployment.statusUpdatedAt());
    }
}
