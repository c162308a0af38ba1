package dev.railwaypostgres.playground.bench.proxy;

import dev.railwaypostgres.playground.bench.proxy.PgBench.Load;
import dev.railwaypostgres.proxy.server.TransportChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The proxy on each of the kernel's ways of doing I/O, since the best is not allowed everywhere. */
record Transports(Ground ground, Effort effort, Database database) implements Suite {
    private static final List<TransportChoice> CHOICES = List.of(TransportChoice.EPOLL, TransportChoice.NIO);

    @Override
    public String title() {
        return "Transports that are not chosen here (chosen: %s)"
                .formatted(TransportChoice.AUTO.transport().name());
    }

    @Override
    public List<Finding> run() throws Exception {
        var findings = new ArrayList<Finding>();
        for (var choice : CHOICES) {
            findings.addAll(run(choice));
        }
        return findings;
    }

    private List<Finding> run(TransportChoice choice) throws Exception {
        try (var peer = ground.startPgBouncer(PgBouncer.ToServer.ENCRYPTED);
                var proxy = ground.startProxy(choice)) {
            var simple = Load.of("simple", 64).on(database);
            ground.pgBench().warmUp(proxy, simple, effort.firstWarmUp());
            return List.of(
                    finding(choice, proxy, peer, simple, new Bar.RatioAtMost(simpleLimit(choice))),
                    finding(choice, proxy, peer, Load.of("prepared", 64).on(database), preparedBar(choice)));
        }
    }

    private static double simpleLimit(TransportChoice choice) {
        return choice == TransportChoice.NIO ? 1.10 : 1.00;
    }

    private static Bar preparedBar(TransportChoice choice) {
        return choice == TransportChoice.NIO ? new Bar.None() : new Bar.RatioAtMost(0.88);
    }

    private Finding finding(TransportChoice choice, Pooler proxy, Pooler peer, Load load, Bar bar) throws Exception {
        var contest = ground.contest(List.of(proxy, peer), load, effort);
        var name = choice.name().toLowerCase(Locale.ROOT) + ": " + load.text();
        return Finding.of(name, contest, proxy, peer, Measure.CPU, bar);
    }
}
