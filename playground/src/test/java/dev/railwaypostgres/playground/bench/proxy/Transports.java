package dev.railwaypostgres.playground.bench.proxy;

import dev.railwaypostgres.playground.bench.proxy.PgBench.Load;
import dev.railwaypostgres.proxy.server.TransportChoice;
import java.util.ArrayList;
import java.util.List;

/** The proxy on each of the kernel's ways of doing I/O, since the best is not allowed everywhere. */
record Transports(Ground ground, Effort effort, Database database, TransportChoice choice) implements Suite {
    @Override
    public String title() {
        return "By %s (chosen when nobody says so: %s)"
                .formatted(
                        choice.transport().name(),
                        TransportChoice.AUTO.transport().name());
    }

    @Override
    public List<Finding> run() throws Exception {
        try (var peer = ground.startPgBouncer(PgBouncer.ToServer.ENCRYPTED);
                var proxy = ground.startProxy(choice)) {
            var simple = Load.of("simple", 64).on(database);
            var prepared = Load.of("prepared", 64).on(database);
            ground.pgBench().warmUp(proxy, simple, effort.firstWarmUp());
            var findings = new ArrayList<Finding>();
            findings.addAll(contest(proxy, peer, simple, new Bar.RatioAtMost(simpleLimit(choice))));
            findings.addAll(contest(proxy, peer, prepared, preparedBar(choice)));
            return findings;
        }
    }

    private static double simpleLimit(TransportChoice choice) {
        return switch (choice) {
            case IO_URING -> 0.88;
            case EPOLL, AUTO -> 1.00;
            case NIO -> 1.10;
        };
    }

    private static Bar preparedBar(TransportChoice choice) {
        return switch (choice) {
            case IO_URING -> new Bar.RatioAtMost(0.65);
            case EPOLL, AUTO -> new Bar.RatioAtMost(0.88);
            case NIO -> new Bar.None();
        };
    }

    private List<Finding> contest(Pooler proxy, Pooler peer, Load load, Bar cpu) throws Exception {
        var contest = ground.contest(List.of(proxy, peer), load, effort);
        return List.of(
                Finding.of(load.text(), contest, proxy, peer, Measure.CPU, cpu),
                Finding.of(load.text(), contest, proxy, peer, Measure.RATE, TransactionBars.rate(load)),
                Finding.of(load.text(), contest, proxy, peer, Measure.P99, TransactionBars.p99(load)));
    }
}
