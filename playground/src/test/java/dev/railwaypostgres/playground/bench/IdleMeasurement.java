package dev.railwaypostgres.playground.bench;

import dev.railwaypostgres.playground.run.Progress;
import dev.railwaypostgres.playground.run.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What two hundred sleeping databases cost while nobody wants anything of them. */
record IdleMeasurement(Stage stage, RailwayApi railway, Progress progress) {
    static final int DATABASES = 200;
    private static final int RESYNCS = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    List<Figure> run() {
        var client = stage.playground().controlPlane().client();
        var sleepers = new Sleepers(client, stage.namespace());
        var operator = stage.playground().operator();
        operator.kill();
        sleepers.create(stage.playground().kubectl(), railway, DATABASES);
        progress.say(DATABASES + " sleeping databases are made");
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

    /** From one call to a later one: the calls between, by the time between. */
    private double callsPerMinute() {
        var first = nextCall(railway.calls());
        var from = System.nanoTime();
        Await.until("some resyncs", PATIENCE, () -> railway.calls() >= first + RESYNCS);
        var minutes =
                (System.nanoTime() - from) / (double) Duration.ofMinutes(1).toNanos();
        var calls = railway.calls() - first;
        progress.say(String.format(Locale.ROOT, "%d calls in %.2f minutes", calls, minutes));
        return Math.round(calls / minutes * 100) / 100.0;
    }

    private long nextCall(long seen) {
        Await.until("a call", PATIENCE, () -> railway.calls() > seen);
        return railway.calls();
    }
}
