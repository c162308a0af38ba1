package dev.railwaypostgres.playground.drivers;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the test tries, and what comes of it, for users. */
public final class DriverTables {
    private DriverTables() {}

    /** What every driver's program does. */
    public static String steps() {
        return table(
                List.of("step", "what happens"),
                Arrays.stream(Step.values()).map(step -> List.of(step.text(), step.meaning())));
    }

    public static String drivers() {
        return table(
                List.of("driver", "tested", "it has no", "not yet", "settings to choose"),
                Arrays.stream(Driver.values())
                        .map(driver -> List.of(
                                driver.text(),
                                versions(driver),
                                steps(driver, Report.Outcome.LACKS),
                                steps(driver, Report.Outcome.FAILS),
                                driver.advice())));
    }

    public static String knownFailures() {
        return table(
                List.of("what", "drivers", "steps"),
                KnownFailure.ALL.stream()
                        .map(failure -> List.of(
                                failure.reason(),
                                texts(failure.drivers().stream().sorted().map(Driver::text)),
                                texts(failure.steps().stream().sorted().map(Step::text)))));
    }

    private static String steps(Driver driver, Report.Outcome outcome) {
        return texts(Arrays.stream(Step.values())
                .filter(step -> driver.expected(step) == outcome)
                .map(Step::text));
    }

    private static String versions(Driver driver) {
        return driver.packages().isEmpty()
                ? "the machine's"
                : texts(driver.packages().stream().map(name -> name + " " + PinnedVersion.of(driver, name)));
    }

    private static String texts(Stream<String> texts) {
        return texts.collect(Collectors.joining(", "));
    }

    private static String table(List<String> heads, Stream<List<String>> rows) {
        var lines = Stream.of(
                        Stream.of(heads),
                        Stream.of(heads.stream().map(_ -> "---").toList()),
                        rows)
                .flatMap(part -> part);
        return lines.map(DriverTables::line).collect(Collectors.joining());
    }

    private static String line(Collection<String> cells) {
        return cells.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
