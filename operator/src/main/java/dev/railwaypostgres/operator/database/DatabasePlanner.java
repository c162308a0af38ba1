package dev.railwaypostgres.operator.database;

import dev.railwaypostgres.crds.v1alpha1.Phase;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabaseStatus;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabaseStatus.RailwayObjects;
import dev.railwaypostgres.operator.database.CreateStep.GrowVolume;
import dev.railwaypostgres.operator.database.CreateStep.OpenAddress;
import dev.railwaypostgres.operator.database.CreateStep.PublishConnection;
import dev.railwaypostgres.operator.database.CreateStep.StoreRoles;
import dev.railwaypostgres.operator.database.CreateStep.UpdateVariables;
import dev.railwaypostgres.operator.database.CreationPlanner.Loss;
import dev.railwaypostgres.operator.database.CreationPlanner.Stage;
import dev.railwaypostgres.operator.status.ConditionType;
import dev.railwaypostgres.operator.status.Reason;
import dev.railwaypostgres.sleep.ComputeSight;
import dev.railwaypostgres.sleep.LoginSight.LoggedIn;
import dev.railwaypostgres.sleep.SleepDecision;
import dev.railwaypostgres.sleep.SleepPlanner;
import dev.railwaypostgres.sleep.SleepState;
import dev.railwaypostgres.sleep.SleepTerms;
import dev.railwaypostgres.sleep.SleepView;
import dev.railwaypostgres.sleep.compute.ComputeIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides what is to be said and done about a database, from one look at it and the time.
 *
 * <p>Pure: it has no fields but constants, asks nobody, and may be asked again at any moment. First what is missing is
 * made ({@link CreationPlanner}); then what somebody broke is repaired, and the database sleeps and wakes ({@link
 * SleepPlanner}). A volume that is gone is never replaced: an empty database in the place of a lost one would hide the
 * loss.
 */
public final class DatabasePlanner {
    private static final Duration SLOWLY = Duration.ofMinutes(1);

    private final CreationPlanner creation;
    private final SleepPlanner sleep;

    public DatabasePlanner(SleepTerms terms) {
        this.creation = new CreationPlanner(terms);
        this.sleep = new SleepPlanner(terms);
    }

    public DatabasePlan plan(DatabaseObservation seen, Instant now) {
        Phase phase = seen.status().phase();
        return phase == null || phase == Phase.PROVISIONING ? create(seen, now) : keep(seen, now);
    }

    // ---- making it

    private DatabasePlan create(DatabaseObservation seen, Instant now) {
        ServerlessDatabaseStatus provisioning = StatusMemory.phase(known(seen), Phase.PROVISIONING);
        PlanDraft draft = new PlanDraft(seen, provisioning);
        return switch (creation.next(seen, now)) {
            case Stage.Make make ->
                draft.provisioning(make.message()).does(make.steps()).plan(Duration.ZERO);
            case Stage.Await await -> draft.provisioning(await.message()).plan(await.lookAfter());
            case Stage.Found found ->
                draft.says(StatusMemory.configuration(provisioning, found.configuration()))
                        .provisioning("Found on Railway what an earlier pass has set up.")
                        .plan(Duration.ZERO);
            case Stage.Boot _ -> boot(seen, draft, now);
            case Stage.Lost lost -> lost(seen, lost.loss());
        };
    }

    /** The first start; or the start after the service was made anew around its volume. */
    private DatabasePlan boot(DatabaseObservation seen, PlanDraft draft, Instant now) {
        if (seen.login() instanceof LoggedIn login) {
            return identityChanged(seen) ? lostIdentity(seen) : firstLogin(seen, draft, login, now);
        }
        SleepState state = StatusMemory.sleepState(seen.status(), now).booting();
        SleepDecision decision =
                switch (seen.railway().compute()) {
                    case ComputeSight.Absent _ -> sleep.awaitFirst(state, now);
                    case ComputeSight.Ended ended
                    when !ended.failed() -> SleepDecision.go(state.foundStopped(now, now));
                    case ComputeSight.Ended _, ComputeSight.Alive _ -> sleep.plan(state, view(seen), now);
                };
        if (decision.state().phase() != Phase.WAKING) {
            return sleepPlan(seen, decision, List.copyOf(SleepOrWake.all(decision.steps())));
        }
        return draft.does(SleepOrWake.all(decision.steps()))
                .troubled(decision.trouble(), "Postgres boots for the first time.")
                .plan(decision.lookAfter());
    }

    private DatabasePlan firstLogin(DatabaseObservation seen, PlanDraft draft, LoggedIn login, Instant now) {
        List<DatabaseStep> left = telling(seen);
        ServerlessDatabaseStatus known = StatusMemory.identity(known(seen), login.identity());
        if (!left.isEmpty()) {
            return draft.says(StatusMemory.phase(known, Phase.PROVISIONING))
                    .provisioning("Publishing how to connect.")
                    .does(left)
                    .plan(Duration.ZERO);
        }
        return draft.says(StatusMemory.remember(known, SleepState.active(now), List.of()))
                .is(Phase.ACTIVE)
                .happens(Reason.PROVISIONED, "The database is up and accepts logins.")
                .plan(Duration.ZERO);
    }

    // ---- keeping it

    private DatabasePlan keep(DatabaseObservation seen, Instant now) {
        if (seen.railway().volume().isEmpty()) {
            return lost(seen, Loss.VOLUME);
        }
        if (seen.credentials().isEmpty()) {
            return lost(seen, Loss.CREDENTIALS);
        }
        if (identityChanged(seen)) {
            return lostIdentity(seen);
        }
        if (!seen.railway().isVolumeAttached()) {
            return makeServiceAgain(seen);
        }
        SleepState state = StatusMemory.sleepState(seen.status(), now);
        SleepDecision decision =
                state.phase() == Phase.FAILED ? recover(seen, state, now) : sleep.plan(state, view(seen), now);
        // Sleep and wake first: nothing that fails may stand in their way.
        List<DatabaseStep> steps = new ArrayList<>(SleepOrWake.all(decision.steps()));
        steps.addAll(repairs(seen));
        steps.addAll(telling(seen));
        steps.addAll(ParameterPlanner.steps(seen));
        return sleepPlan(seen, decision, steps);
    }

    private static SleepDecision recover(DatabaseObservation seen, SleepState state, Instant now) {
        if (seen.login() instanceof LoggedIn) {
            return SleepDecision.go(SleepState.active(now));
        }
        if (ConditionType.READY.isIn(seen.status(), Reason.IDENTITY_CHANGED)) {
            return SleepDecision.await(state, SLOWLY);
        }
        return SleepDecision.go(
                seen.railway().compute().isDown() ? state.foundStopped(now, now) : state.waking("operator", now, now));
    }

    private DatabasePlan sleepPlan(DatabaseObservation seen, SleepDecision decision, List<DatabaseStep> steps) {
        ServerlessDatabaseStatus status = known(seen);
        boolean begins =
                decision.state().phase() == Phase.SUSPENDING && seen.status().phase() == Phase.ACTIVE;
        if (begins && seen.login() instanceof LoggedIn login) {
            status = StatusMemory.lastActivity(status, login.lastActivity());
        }
        PlanDraft draft = new PlanDraft(seen, StatusMemory.remember(status, decision.state(), decision.blockers()));
        ParameterPlanner.news(seen).ifPresent(news -> draft.happens(Reason.CONFIGURATION_APPLIED, news));
        draft.does(steps).decides(decision);
        ParameterPlanner.complaint(seen).ifPresent(complaint -> draft.stalls(Reason.INVALID_SPEC, complaint));
        lostTime(seen).ifPresent(loss -> draft.stalls(Reason.DATA_WENT_BACK, loss));
        return draft.plan(ParameterPlanner.steps(seen).isEmpty() ? decision.lookAfter() : Duration.ZERO);
    }

    /** The service is gone and the volume is not: as at the beginning, but for the volume. */
    private static DatabasePlan makeServiceAgain(DatabaseObservation seen) {
        RailwayObjects before = StatusMemory.objects(seen.status());
        RailwayObjects volumeOnly =
                new RailwayObjects(before.projectId(), before.environmentId(), null, before.volumeId(), null, null);
        ServerlessDatabaseStatus status = StatusMemory.phase(seen.status(), Phase.PROVISIONING);
        return new PlanDraft(seen, StatusMemory.configuration(StatusMemory.objects(status, volumeOnly), null))
                .provisioning("The service is gone from Railway: making it again around its volume.")
                .warns(Reason.REPAIRED, "The service is gone from Railway and is made again around its volume.")
                .plan(Duration.ZERO);
    }

    private static List<DatabaseStep> repairs(DatabaseObservation seen) {
        List<DatabaseStep> repairs = new ArrayList<>();
        boolean up = seen.status().phase() == Phase.ACTIVE || seen.status().phase() == Phase.WAKING;
        if (up && seen.railway().address() instanceof AddressSight.Missing) {
            repairs.add(new OpenAddress());
        }
        if (seen.hasNewSettings() ? ParameterPlanner.areOnlyOnesNew(seen) : haveVariablesChanged(seen)) {
            repairs.add(new UpdateVariables());
        }
        int wanted = VolumeSize.megabytes(seen.spec().storage());
        boolean small =
                seen.railway().volume().filter(disk -> disk.sizeMB() < wanted).isPresent();
        if (small && seen.status().phase() == Phase.ACTIVE) {
            repairs.add(new GrowVolume(wanted));
        }
        return repairs;
    }

    private static boolean haveVariablesChanged(DatabaseObservation seen) {
        return seen.wanted().isPresent()
                && seen.railway()
                        .variables()
                        .filter(found -> !found.entrySet()
                                .containsAll(seen.wanted().get().variables().entrySet()))
                        .isPresent();
    }

    /** What the cluster is to be told of a compute that can be talked to. */
    private static List<DatabaseStep> telling(DatabaseObservation seen) {
        List<DatabaseStep> telling = new ArrayList<>();
        if (seen.roles().isPresent()) {
            telling.add(new StoreRoles());
        }
        if (!seen.published()) {
            telling.add(new PublishConnection());
        }
        return telling;
    }

    // ---- what cannot be repaired

    private static boolean identityChanged(DatabaseObservation seen) {
        String recorded = StatusMemory.sleep(seen.status()).systemIdentifier();
        return recorded != null
                && seen.login() instanceof LoggedIn login
                && !recorded.equals(login.identity().systemIdentifier());
    }

    private static DatabasePlan lostIdentity(DatabaseObservation seen) {
        ComputeIdentity found = ((LoggedIn) seen.login()).identity();
        return new PlanDraft(seen, StatusMemory.phase(known(seen), Phase.FAILED))
                .fails(
                        Reason.IDENTITY_CHANGED,
                        "Other data answers (system identifier " + found.systemIdentifier() + " instead of "
                                + StatusMemory.sleep(seen.status()).systemIdentifier()
                                + "). Attach the right volume on Railway, or delete this resource and create it anew.")
                .plan(SLOWLY);
    }

    /** That the log ends before it did when the database last went to sleep. It is served: somebody may have wanted that. */
    private static Optional<String> lostTime(DatabaseObservation seen) {
        if (!(seen.login() instanceof LoggedIn(ComputeIdentity found, var _, var _, var _))) {
            return Optional.empty();
        }
        Integer timeline = StatusMemory.sleep(seen.status()).timeline();
        return StatusMemory.lsn(seen.status())
                .filter(before ->
                        found.position().isBefore(before) || (timeline != null && found.timeline() < timeline))
                .map(
                        before -> "The data is older than what went to sleep (log position " + found.position()
                                + " on timeline "
                                + found.timeline() + " instead of " + before + " on timeline " + timeline
                                + " or later): what was written since is missing. Was a backup of the volume restored on Railway?");
    }

    private static DatabasePlan lost(DatabaseObservation seen, Loss loss) {
        return switch (loss) {
            case VOLUME ->
                new PlanDraft(seen, StatusMemory.phase(known(seen), Phase.FAILED))
                        .fails(
                                Reason.VOLUME_LOST,
                                "The volume is gone from Railway, and with it the data. Railway keeps deleted volumes"
                                        + " for 48 hours: restore it there, or delete this resource and create it anew.")
                        .plan(SLOWLY);
            case CREDENTIALS ->
                new PlanDraft(seen, known(seen))
                        .fails(
                                Reason.LOGIN_REFUSED,
                                "The Secret " + seen.database().name()
                                        + "-admin is gone, and only its passwords open the database. Restore that Secret.")
                        .plan(SLOWLY);
        };
    }

    // ---- what is known

    private static SleepView view(DatabaseObservation seen) {
        return new SleepView(
                SleepSpec.policy(seen.spec().suspend()),
                seen.wishes(),
                seen.railway().compute(),
                seen.login(),
                seen.passage(),
                false,
                seen.hasNewSettings(),
                seen.needsStart() && ParameterPlanner.steps(seen).isEmpty());
    }

    /** The status with the ids and the address as they were just seen. What was not seen stays as it was. */
    private static ServerlessDatabaseStatus known(DatabaseObservation seen) {
        RailwaySight railway = seen.railway();
        RailwayObjects before = StatusMemory.objects(seen.status());
        String address = railway.address() instanceof AddressSight.Open open
                ? open.address().toString()
                : before.address();
        RailwayObjects objects = new RailwayObjects(
                railway.project().value(),
                railway.environment().value(),
                railway.service().map(Object::toString).orElse(before.serviceId()),
                railway.volumeId().map(Object::toString).orElse(before.volumeId()),
                deployment(railway.compute()).orElse(before.deploymentId()),
                address);
        ServerlessDatabaseStatus status = StatusMemory.objects(seen.status(), objects);
        return StatusMemory.endpoint(status, seen.endpoint(), seen.published() ? seen.secretName() : null);
    }

    private static Optional<String> deployment(ComputeSight compute) {
        return switch (compute) {
            case ComputeSight.Alive alive -> Optional.of(alive.deploymentId());
            case ComputeSight.Ended _, ComputeSight.Absent _ -> Optional.empty();
        };
    }
}
