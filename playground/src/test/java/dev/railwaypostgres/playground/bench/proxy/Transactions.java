package dev.railwaypostgres.playground.bench.proxy;

import dev.railwaypostgres.playground.bench.proxy.PgBench.Load;
import dev.railwaypostgres.proxy.server.TransportChoice;
import java.util.ArrayList;
import java.util.List;

/** Short transactions of kept connections: what the proxy costs, and how it shares a machine that it does not have for itself. */
record Transactions(Ground ground, Effort effort, Database database, List<Load> loads, boolean isEncrypted)
        implements Suite {
    private static final List<Integer> CROWDS = List.of(1, 8, 64, 256);
    private static final List<Integer> TELLING = List.of(8, 64);

    static Transactions by(String protocol, Ground ground, Effort effort, Database database) {
        var loads = (effort.isWhole() ? CROWDS : TELLING)
                .stream()
                        .map(clients -> Load.of(protocol, clients).on(database))
                        .toList();
        return new Transactions(ground, effort, database, loads, false);
    }

    static Transactions encrypted(Ground ground, Effort effort, Database database) {
        var loads = TELLING.stream()
                .map(clients -> Load.of("simple", clients).on(database).encrypted())
                .toList();
        return new Transactions(ground, effort, database, loads, true);
    }

    @Override
    public String title() {
        return "Short transactions, %d server connections, shared by %s"
                .formatted(
                        database.servers(),
                        switch (database.mode()) {
                            case TRANSACTION -> "transactions";
                            case SESSION -> "sessions";
                        });
    }

    @Override
    public List<Finding> run() throws Exception {
        try (var peer = ground.startPgBouncer(PgBouncer.ToServer.ENCRYPTED);
                var proxy = ground.startProxy(TransportChoice.AUTO)) {
            ground.pgBench().warmUp(proxy, loads.getFirst(), effort.firstWarmUp());
            var findings = new ArrayList<Finding>();
            for (var load : loads) {
                findings.addAll(contest(load, proxy, peer));
            }
            if (isEncrypted) {
                findings.addAll(besideUnencrypted(proxy));
            }
            return findings;
        }
    }

    /** The peer as it mostly is run, with nothing encrypted between it and Postgres. The proxy never does that. */
    private List<Finding> besideUnencrypted(Pooler proxy) throws Exception {
        try (var peer = ground.startPgBouncer(PgBouncer.ToServer.PLAIN)) {
            var load = Load.of("simple", 64).on(database);
            var contest = ground.contest(List.of(proxy, peer), load, effort);
            var what = load.text() + ", peer unencrypted to Postgres";
            return List.of(
                    Finding.of(what, contest, proxy, peer, Measure.CPU, new Bar.None()),
                    Finding.of(what, contest, proxy, peer, Measure.RATE, new Bar.None()));
        }
    }

    private List<Finding> contest(Load load, Pooler proxy, Pooler peer) throws Exception {
        var contest = ground.contest(List.of(proxy, peer), load, effort);
        return List.of(
                Finding.of(load.text(), contest, proxy, peer, Measure.CPU, TransactionBars.cpu(load)),
                Finding.of(load.text(), contest, proxy, peer, Measure.RATE, TransactionBars.rate(load)),
                Finding.of(load.text(), contest, proxy, peer, Measure.P50, new Bar.None()),
                Finding.of(load.text(), contest, proxy, peer, Measure.P99, TransactionBars.p99(load)));
    }
}
