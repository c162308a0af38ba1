package dev.railwaypostgres.playground.bench.proxy;

import dev.railwaypostgres.proxy.server.TransportChoice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Five hundred clients that come at once, each for one statement of a tenth of a second, before few servers. */
record SleepingCrowd(Ground ground, Effort effort) implements Suite {
    private static final int CLIENTS = 500;
    private static final double STATEMENT_SECONDS = 0.1;

    @Override
    public String title() {
        return CLIENTS
                + " clients connect, each asks once for pg_sleep(0.1): from the first connect to the last answer";
    }

    @Override
    public List<Finding> run() throws Exception {
        try (var peer = ground.startPgBouncer(PgBouncer.ToServer.ENCRYPTED);
                var proxy = ground.startProxy(TransportChoice.AUTO)) {
            ground.pgBench().warmUp(proxy, PgBench.Load.of("simple", 8).reconnecting(), effort.firstWarmUp());
            var findings = new ArrayList<Finding>();
            for (var database : Database.CROWDED) {
                findings.add(contest(database, proxy, peer));
            }
            return findings;
        }
    }

    private Finding contest(Database database, Pooler proxy, Pooler peer) throws Exception {
        crowd(proxy, database);
        crowd(peer, database);
        var contest = Contest.hold(effort.rounds(), List.of(proxy, peer), each -> crowd(each, database));
        return Finding.of(
                database.servers() + " servers", contest, proxy, peer, Measure.TIMES_IDEAL, bar(database.servers()));
    }

    private static Bar bar(int servers) {
        return switch (servers) {
            case 20 -> new Bar.ValueAtMost(1.08);
            case 50 -> new Bar.ValueAtMost(1.10);
            default -> new Bar.ValueAtMost(1.15);
        };
    }

    private Reading crowd(Pooler pooler, Database database) throws IOException {
        var script = "SELECT pg_sleep(" + STATEMENT_SECONDS + ");";
        var seconds = ground.pgBench().crowd(pooler, database, CLIENTS, script);
        return Reading.of(Measure.TIMES_IDEAL, seconds / (STATEMENT_SECONDS * CLIENTS / database.servers()));
    }
}
