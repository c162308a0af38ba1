package dev.railwaypostgres.playground.bench;

import dev.railwaypostgres.playground.run.Progress;
import dev.railwaypostgres.playground.run.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One open session whose database falls asleep and is woken by its next statement, again and again.
 *
 * <p>What a wake takes beyond the platform's boot delay and Postgres' own start is the way from the statement to the
 * platform's deploy call, and the way from Postgres being ready (by its own log) to the answer.
 */
record WakeMeasurement(Stage stage, RailwayApi railway, Path computeLogs, Progress progress) {
    private static final Pattern READY =
            Pattern.compile("^(\\S+ \\S+ \\S+) \\[\\d+\\] LOG: {2}database system is ready to accept connections");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS z", Locale.ROOT);

    List<Figure> run(int wakes) throws SQLException {
        var overheads = new ArrayList<Duration>();
        var decisions = new ArrayList<Duration>();
        try (var subject = Subject.create(stage, "wakes")) {
            subject.awaitSleep();
            try (var session = new Clients(stage, subject.name()).connect()) {
                for (var wake = 1; wake <= wakes; wake++) {
                    subject.forget();
                    var asked = Instant.now();
                    var answered = work(session, wake);
                    overheads.add(overhead(subject, asked, answered));
                    subject.awaitActive();
                    decisions.add(Duration.between(answered.plus(Subject.AFTER_IDLE), subject.awaitSleep()));
                }
            }
        }
        var later = new Samples(overheads);
        var late = new Samples(decisions);
        progress.say("Wakes beyond boot delay and Postgres' start, " + later.text());
        progress.say("Suspends after the idle limit, " + late.text());
        return List.of(
                new Figure("wake: answer after boot and Postgres' start, p95", later.p95(), 300, "ms"),
                new Figure("suspend: decided after the idle limit, slowest", late.milliseconds(1), 5000, "ms"));
    }

    private static Instant work(Connection session, int number) throws SQLException {
        if (!Clients.isAnswered(session, number)) {
            throw new IllegalStateException("A wrong answer");
        }
        return Instant.now();
    }

    private Duration overhead(Subject subject, Instant asked, Instant answered) {
        var started = railway.lastDeployOf(subject.serviceId());
        if (started.isBefore(asked.minusMillis(1))) {
            throw new IllegalStateException("The answer came without a start: the database was not asleep");
        }
        var ready = lastReady(computeLogs.resolve(subject.serviceName() + ".log"));
        return Duration.between(asked, started).plus(Duration.between(ready, answered));
    }

    private static Instant lastReady(Path log) {
        try (var lines = Files.lines(log)) {
            return lines.map(READY::matcher)
                    .filter(Matcher::find)
                    .map(found -> ZonedDateTime.parse(found.group(1), TIME).toInstant())
                    .reduce((_, later) -> later)
                    .orElseThrow(() -> new IllegalStateException("Postgres' log never says ready: " + log));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + log, e);
        }
    }
}
