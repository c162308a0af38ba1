package dev.railwaypostgres.operator.database;

import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabaseStatus;
import dev.railwaypostgres.operator.database.CreateStep.Configure;
import dev.railwaypostgres.operator.database.CreateStep.CreateService;
import dev.railwaypostgres.operator.database.CreateStep.CreateVolume;
import dev.railwaypostgres.operator.database.CreateStep.EnsureCredentials;
import dev.railwaypostgres.operator.database.CreateStep.OpenAddress;
import dev.railwaypostgres.operator.status.ConditionType;
import dev.railwaypostgres.operator.status.Reason;
import dev.railwaypostgres.sleep.SleepTerms;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Decides what a database lacks until its first login, in the order that Railway needs: credentials, service without a
 * source, volume, one patch with all settings, address. One thing at a time, each found again by name before it is made.
 *
 * <p>Pure, as all planners.
 */
final class CreationPlanner {
    /** Stands in the status while a volume is being asked for, which is how a crash in that moment is noticed. */
    static final String MAKING_VOLUME = "Making the volume on Railway.";

    private static final Set<Reason> GIVEN_UP = Set.of(Reason.QUOTA_REACHED, Reason.RAILWAY_REJECTED);
    private static final Duration SOON = Duration.ofSeconds(1);

    private final SleepTerms terms;

    CreationPlanner(SleepTerms terms) {
        this.terms = terms;
    }

    /** What is to be done now. */
    sealed interface Stage {
        /** Something is missing. */
        record Make(String message, List<CreateStep> steps) implements Stage {}

        /** Railway is at work, or does not show yet what it has made. */
        record Await(String message, Duration lookAfter) implements Stage {}

        /** Settings are found on Railway already, from a pass that could not remember it. */
        record Found(String configuration) implements Stage {}

        /** Everything is made: from here on it is a start like any other. */
        record Boot() implements Stage {}

        /** Data or passwords of a database that has lived are gone. */
        record Lost(Loss loss) implements Stage {}
    }

    /** What cannot be made again. */
    enum Loss {
        VOLUME,
        CREDENTIALS
    }

    Stage next(DatabaseObservation seen, Instant now) {
        if (seen.credentials().isEmpty()) {
            return seen.railway().volume().isPresent()
                    ? new Stage.Lost(Loss.CREDENTIALS)
                    : make("Making the passwords.", new EnsureCredentials());
        }
        if (seen.railway().service().isEmpty() && !isServiceOnItsWay(seen, now)) {
            return make("Making the service on Railway.", new CreateService());
        }
        if (seen.railway().volume().isEmpty()) {
            return volume(seen, now);
        }
        return seen.status().deployedConfiguration() == null ? configuration(seen) : address(seen, now);
    }

    private Stage volume(DatabaseObservation seen, Instant now) {
        if (seen.volumeAskedAt()
                .filter(asked -> within(terms.lag(), asked, now))
                .isPresent()) {
            return new Stage.Await("Waiting for the volume to show up on Railway.", SOON);
        }
        return StatusMemory.sleep(seen.status()).systemIdentifier() == null
                ? make(MAKING_VOLUME, new CreateVolume())
                : new Stage.Lost(Loss.VOLUME);
    }

    private static Stage configuration(DatabaseObservation seen) {
        String found = seen.railway()
                .variables()
                .map(variables -> variables.get(ComputeConfiguration.HASH_VARIABLE))
                .orElse(null);
        return found == null
                ? make("Setting up the service, and starting Postgres for the first time.", new Configure())
                : new Stage.Found(found);
    }

    private Stage address(DatabaseObservation seen, Instant now) {
        return switch (seen.railway().address()) {
            case AddressSight.Open _ -> new Stage.Boot();
            case AddressSight.Missing _
            when !within(terms.lag(), since(seen.status(), now), now) ->
                make("Opening the public address anew.", new OpenAddress());
            case AddressSight.Missing _, AddressSight.Opening _, AddressSight.NotLooked _ ->
                new Stage.Await("Waiting for the public address on Railway.", SOON);
        };
    }

    /** What was just made may not be listed yet, unless it was taken away again as its volume found no room. */
    private boolean isServiceOnItsWay(DatabaseObservation seen, Instant now) {
        return StatusMemory.objects(seen.status()).serviceId() != null
                && GIVEN_UP.stream().noneMatch(reason -> ConditionType.READY.isIn(seen.status(), reason))
                && within(terms.lag(), since(seen.status(), now), now);
    }

    private static Instant since(ServerlessDatabaseStatus status, Instant now) {
        return StatusMemory.since(status, now);
    }

    private static Stage make(String message, CreateStep... steps) {
        return new Stage.Make(message, List.of(steps));
    }

    private static boolean within(Duration span, Instant from, Instant now) {
        return now.isBefore(from.plus(span));
    }
}
