package dev.railwaypostgres.playground.bench.proxy;

import dev.railwaypostgres.playground.bench.proxy.PgBench.Load;
import dev.railwaypostgres.proxy.server.TransportChoice;
import java.util.ArrayList;
import java.util.List;

/** A connection for every transaction, with SCRAM by clients that know their keys, unencrypted and encrypted. */
record Logins(Ground ground, Effort effort) implements Suite {
    private static final int CLIENTS = 8;

    @Override
    public String title() {
        return "A connection, a SCRAM login and one SELECT each time";
    }

    @Override
    public List<Finding> run() throws Exception {
        try (var peer = ground.startPgBouncer(PgBouncer.ToServer.ENCRYPTED);
                var proxy = ground.startProxy(TransportChoice.AUTO)) {
            var findings = new ArrayList<Finding>();
            var plain = Load.of("simple", CLIENTS).reconnecting();
            ground.pgBench().warmUp(proxy, plain, effort.firstWarmUp());
            findings.addAll(contest(plain, proxy, peer, new Bar.RatioAtMost(1.5)));
            findings.addAll(contest(plain.encrypted(), proxy, peer, new Bar.RatioAtMost(0.75)));
            return findings;
        }
    }

    private List<Finding> contest(Load load, Pooler proxy, Pooler peer, Bar cpu) throws Exception {
        var contest = ground.contest(List.of(proxy, peer), load, effort);
        return List.of(
                Finding.of(load.text(), contest, proxy, peer, Measure.CPU, cpu),
                Finding.of(load.text(), contest, proxy, peer, Measure.RATE, new Bar.None()));
    }
}
