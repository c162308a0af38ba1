package dev.railwaypostgres.operator.database;

import dev.railwaypostgres.crds.v1alpha1.Phase;
import dev.railwaypostgres.operator.database.CreateStep.OfferParameters;
import dev.railwaypostgres.operator.status.ConditionType;
import dev.railwaypostgres.operator.status.Reason;
import dev.railwaypostgres.sleep.compute.RunningParameters;
import dev.railwaypostgres.sleep.compute.RunningParameters.Refused;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides how the parameters of the spec come to Postgres. Railway's variable always has those of the spec, for the next
 * start; a compute that runs is offered them at once, and itself tells which it has and which it has refused.
 */
final class ParameterPlanner {
    private ParameterPlanner() {}

    /** Whether Railway lacks the parameters, and nothing else that would take a start. */
    static boolean areOnlyOnesNew(DatabaseObservation seen) {
        return seen.status().phase() == Phase.ACTIVE
                && seen.wanted()
                        .filter(wanted -> !wanted.takesAStartAfter(seen.status().deployedConfiguration()))
                        .isPresent();
    }

    static List<DatabaseStep> steps(DatabaseObservation seen) {
        return isToBeOffered(seen) ? List.of(new OfferParameters()) : List.of();
    }

    /** A sentence for the events. */
    static Optional<String> news(DatabaseObservation seen) {
        return isToBeOffered(seen)
                ? Optional.of("Postgres is given new parameters: " + changed(seen) + ".")
                : Optional.empty();
    }

    /** What is wrong with the parameters; of a compute that cannot be asked, what was told before. */
    static Optional<String> complaint(DatabaseObservation seen) {
        return seen.parameters().isPresent()
                ? refused(seen).map(refused -> sentence(refused, seen))
                : ConditionType.STALLED
                        .in(seen.status())
                        .filter(stalled -> isOfThisSpec(stalled, seen))
                        .map(Condition::getMessage);
    }

    private static boolean isOfThisSpec(Condition stalled, DatabaseObservation seen) {
        return Reason.INVALID_SPEC.toString().equals(stalled.getReason())
                && Objects.equals(
                        stalled.getObservedGeneration(), seen.database().generation());
    }

    private static boolean isToBeOffered(DatabaseObservation seen) {
        return seen.status().phase() == Phase.ACTIVE
                && seen.parameters()
                        .filter(running -> !running.text().equals(wanted(seen)))
                        .isPresent()
                && refused(seen).isEmpty();
    }

    private static Optional<Refused> refused(DatabaseObservation seen) {
        return seen.parameters()
                .flatMap(RunningParameters::refused)
                .filter(refused -> refused.text().equals(wanted(seen)));
    }

    private static String sentence(Refused refused, DatabaseObservation seen) {
        String words = refused.said()
                .lines()
                .filter(line -> line.startsWith("LOG:"))
                .map(line -> line.substring("LOG:".length()).strip().replaceFirst(" in file \".*", ""))
                .collect(Collectors.joining("; "));
        return "spec.postgresql.parameters: "
                + (words.isEmpty() ? "Postgres does not start with " + changed(seen) : words)
                + ". Those before stay in force.";
    }

    /** The names of those that are not as they are in force. */
    private static String changed(DatabaseObservation seen) {
        List<String> wanted = wanted(seen).lines().toList();
        List<String> running = seen.parameters().orElseThrow().text().lines().toList();
        return Stream.concat(
                        wanted.stream().filter(line -> !running.contains(line)),
                        running.stream().filter(line -> !wanted.contains(line)))
                .map(line -> line.split(" ", 2)[0])
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static String wanted(DatabaseObservation seen) {
        return seen.wanted().map(ComputeConfiguration::parameters).orElse("");
    }
}
