package dev.railwaypostgres.playground.bench;

import dev.railwaypostgres.playground.run.Progress;
import dev.railwaypostgres.playground.run.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What two hundred sleeping databases cost while nobody wants anything of them. */
record IdleMeasurement(Stage stage, RailwayApi railway, Progress progress) {
    /** With the two that other measurements leave asleep there are 200. */
    private static final int DATABASES = 198;

    private static final Duration WINDOW = Duration.ofMinutes(3);
    private static final Duration SILENCE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    List<Figure> run() {
        var client = stage.playground().controlPlane().client();
        var sleepers = new Sleepers(client, stage.namespace());
        var operator = stage.playground().operator();
        operator.kill();
        sleepers.create(stage.playground().kubectl(), railway, DATABASES);
        progress.say(DATABASES + " more sleeping databases are made");
        operator.restart();
        sleepers.awaitSettled(PATIENCE);
        progress.say("The operator has nothing left to do");

        var before = WrittenState.of(client, stage.namespace());
        var changesBefore = railway.changes();
        operator.kill();
        operator.restart();
        var reconciles = new Reconciles(Integer.parseInt(operator.setting("MANAGEMENT_PORT")));
        Await.until("everything is reconciled", PATIENCE, () -> reconciles.count() >= DATABASES);
        var writes =
                WrittenState.of(client, stage.namespace()).changesSince(before) + railway.changes() - changesBefore;
        progress.say(reconciles.count() + " reconciles with nothing to do");
        return List.of(
                new Figure("writes by reconciles with nothing to do", writes, 0, ""),
                new Figure("Railway calls a minute for 200 sleeping databases", callsPerMinute(), 1, ""));
    }

    /** Over a window that begins right after a resync, so that no further one is counted than belongs into it. */
    private double callsPerMinute() {
        var before = railway.calls();
        Await.until("a resync", PATIENCE, () -> railway.calls() > before);
        var start = System.nanoTime() + SILENCE.toNanos();
        Await.until("its end", PATIENCE, () -> System.nanoTime() > start);
        var first = railway.calls();
        Await.until("the window's end", PATIENCE, () -> System.nanoTime() > start + WINDOW.toNanos());
        var calls = railway.calls() - first;
        progress.say(String.format(Locale.ROOT, "%d calls in %d minutes", calls, WINDOW.toMinutes()));
        return Math.round(100.0 * calls / WINDOW.toMinutes()) / 100.0;
    }
}
