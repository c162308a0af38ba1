package dev.railwaypostgres.playground.bench.proxy;

import dev.railwaypostgres.proxy.server.TransportChoice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a client costs that is only there, by the memory of a fresh process between few clients and many. */
record IdleClients(Ground ground, Effort effort) implements Suite {
    private static final int FEW = 1_000;
    private static final int MANY = 9_500;
    private static final int NOT_SO_MANY = 4_000;
    private static final double BYTES_PER_MEGABYTE = 1e6;
    private static final Duration REST = Duration.ofSeconds(2);

    /** Starts one of those that are compared. */
    private interface Start {
        Pooler run() throws Exception;
    }

    @Override
    public String title() {
        return "Memory of idle clients, from %d to %d".formatted(FEW, many());
    }

    private int many() {
        return effort.isWhole() ? MANY : NOT_SO_MANY;
    }

    @Override
    public List<Finding> run() throws Exception {
        var findings = new ArrayList<Finding>();
        findings.addAll(contest("unencrypted", false, 5_000));
        if (effort.isWhole()) {
            findings.addAll(contest("TLS", true, 30_000));
        }
        return findings;
    }

    private List<Finding> contest(String what, boolean isEncrypted, double limit) throws Exception {
        Start proxy = () -> ground.startProxy(TransportChoice.AUTO);
        Start peer = () -> ground.startPgBouncer(PgBouncer.ToServer.ENCRYPTED);
        var contest = Contest.hold(effort.isWhole() ? 2 : 1, List.of(proxy, peer), each -> fill(each, isEncrypted));
        return List.of(
                Finding.of(what, contest, proxy, peer, Measure.BYTES_PER_CLIENT, new Bar.ValueAtMost(limit)),
                Finding.of(
                        what + ", all of them",
                        contest,
                        proxy,
                        peer,
                        Measure.RESIDENT_MEGABYTES,
                        isEncrypted ? new Bar.None() : new Bar.ValueAtMost(150)));
    }

    private Reading fill(Start start, boolean isEncrypted) throws Exception {
        try (var pooler = start.run();
                var clients = new Parked(pooler, isEncrypted)) {
            clients.growTo(FEW);
            var few = rested(pooler);
            clients.growTo(many());
            var many = rested(pooler);
            return new Reading(Map.of(
                    Measure.BYTES_PER_CLIENT, (many - few) / (many() - FEW),
                    Measure.RESIDENT_MEGABYTES, many / BYTES_PER_MEGABYTE));
        }
    }

    /** What it holds when nothing has happened for a while. */
    private static double rested(Pooler pooler) throws Exception {
        Window.of(pooler.figures(), REST);
        return pooler.figures().residentBytes();
    }
}
