package dev.railwaypostgres.playground.bench.proxy;

import dev.railwaypostgres.playground.bench.proxy.PgBench.Load;
import dev.railwaypostgres.proxy.server.TransportChoice;
import java.util.ArrayList;
import java.util.List;

/** Two proxies, one of them with thousands of parked clients: does that slow the busy ones down? */
record Bystanding(Ground ground, Effort effort, Database database) implements Suite {
    private static final int PARKED = 9_000;

    /** What repeated rounds of the same differ by. */
    private static final double NOTHING_LOST = 0.98;

    @Override
    public String title() {
        return "With %d parked clients (proxy), and without (peer: the proxy too)".formatted(PARKED);
    }

    @Override
    public List<Finding> run() throws Exception {
        try (var with = ground.startProxy(TransportChoice.AUTO);
                var without = ground.startProxy(TransportChoice.AUTO);
                var parked = new Parked(with, false)) {
            parked.growTo(PARKED);
            var load = Load.of("simple", 64).on(database);
            ground.pgBench().warmUp(with, load, effort.firstWarmUp());
            ground.pgBench().warmUp(without, load, effort.firstWarmUp());
            var contest = ground.contest(List.of(with, without), load, effort);
            var findings = new ArrayList<Finding>();
            findings.add(
                    Finding.of(load.text(), contest, with, without, Measure.RATE, new Bar.RatioAtLeast(NOTHING_LOST)));
            findings.add(Finding.of(load.text(), contest, with, without, Measure.CPU, new Bar.None()));
            findings.add(Finding.of(load.text(), contest, with, without, Measure.P99, new Bar.None()));
            return findings;
        }
    }
}
