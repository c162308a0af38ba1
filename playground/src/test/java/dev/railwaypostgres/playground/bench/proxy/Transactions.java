package dev.railwaypostgres.playground.bench.proxy;

import dev.railwaypostgres.playground.bench.proxy.PgBench.Load;
import dev.railwaypostgres.proxy.server.TransportChoice;
import java.util.ArrayList;
import java.util.List;

/** Short transactions of kept connections: what the proxy costs, and how it shares a machine that it does not have for itself. */
record Transactions(Ground ground, Effort effort, Database database) implements Suite {
    private static final List<String> PROTOCOLS = List.of("simple", "extended", "prepared");
    private static final List<Integer> CROWDS = List.of(1, 8, 64, 256);

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
            ground.pgBench().warmUp(proxy, load("simple", 8), effort.firstWarmUp());
            var findings = new ArrayList<Finding>();
            for (var load : loads()) {
                findings.addAll(contest(load, proxy, peer));
            }
            findings.addAll(besideUnencrypted(proxy));
            return findings;
        }
    }

    private List<Load> loads() {
        var loads = new ArrayList<Load>();
        if (effort.isWhole()) {
            PROTOCOLS.forEach(protocol -> CROWDS.forEach(clients -> loads.add(load(protocol, clients))));
            loads.add(load("simple", 8).encrypted());
        } else {
            loads.addAll(List.of(load("simple", 8), load("simple", 64), load("prepared", 64)));
        }
        loads.add(load("simple", 64).encrypted());
        return loads;
    }

    private Load load(String protocol, int clients) {
        return Load.of(protocol, clients).on(database);
    }

    /** The peer as it mostly is run, with nothing encrypted between it and Postgres. The proxy never does that. */
    private List<Finding> besideUnencrypted(Pooler proxy) throws Exception {
        try (var peer = ground.startPgBouncer(PgBouncer.ToServer.PLAIN)) {
            var load = load("simple", 64);
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
