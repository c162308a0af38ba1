package dev.railwaypostgres.playground.bench.proxy;

import dev.railwaypostgres.proxy.server.TransportChoice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Much data through one connection. */
record BigData(Ground ground, Effort effort, Database database) implements Suite {
    private static final double BYTES_PER_MEGABYTE = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MILLIS_PER_SECOND = 1e3;
    private static final int WARM_UPS = 3;

    /** A line of {@code COPY} with its end, 1 KB. */
    private static final String LINE = "x".repeat(1023) + "\n";

    private static final byte[] LINES = LINE.repeat(64).getBytes(StandardCharsets.US_ASCII);
    private static final int BLOCKS = 3_000;

    /** Returns how many bytes went through. */
    private interface Transfer {
        long run(WireClient client) throws IOException;
    }

    @Override
    public String title() {
        return "Much data through one connection (100 to 200 MB each time)";
    }

    @Override
    public List<Finding> run() throws Exception {
        try (var peer = ground.startPgBouncer(PgBouncer.ToServer.ENCRYPTED);
                var proxy = ground.startProxy(TransportChoice.AUTO)) {
            var findings = new ArrayList<Finding>();
            findings.addAll(contest("SELECT, rows of 1 KB", proxy, peer, false, BigData::wide));
            findings.addAll(contest("COPY in", proxy, peer, false, BigData::copyIn));
            if (effort.isWhole()) {
                findings.addAll(contest("SELECT, rows of two integers", proxy, peer, false, BigData::narrow));
                findings.addAll(contest("COPY out", proxy, peer, false, BigData::copyOut));
                findings.addAll(contest("SELECT, rows of 1 KB, TLS", proxy, peer, true, BigData::wide));
                findings.addAll(contest("COPY in, TLS", proxy, peer, true, BigData::copyIn));
            }
            return findings;
        }
    }

    private static long wide(WireClient client) throws IOException {
        return client.drain("SELECT repeat('x', 1000) FROM generate_series(1, 100000)");
    }

    private static long narrow(WireClient client) throws IOException {
        return client.drain("SELECT i, i FROM generate_series(1, 4000000) i");
    }

    private static long copyOut(WireClient client) throws IOException {
        return client.drain("COPY (SELECT repeat('x', 1000) FROM generate_series(1, 200000)) TO STDOUT");
    }

    private static long copyIn(WireClient client) throws IOException {
        return client.copyIn("COPY copied FROM STDIN", LINES, BLOCKS);
    }

    private List<Finding> contest(String what, Pooler proxy, Pooler peer, boolean isEncrypted, Transfer transfer)
            throws Exception {
        for (int time = 0; time < WARM_UPS; time++) {
            run(proxy, isEncrypted, transfer);
        }
        run(peer, isEncrypted, transfer);
        var contest = Contest.hold(effort.rounds(), List.of(proxy, peer), each -> run(each, isEncrypted, transfer));
        return List.of(
                Finding.of(what, contest, proxy, peer, Measure.MEGABYTES, new Bar.RatioAtLeast(1.00)),
                Finding.of(what, contest, proxy, peer, Measure.CPU_PER_MEGABYTE, new Bar.RatioAtMost(0.85)));
    }

    private Reading run(Pooler pooler, boolean isEncrypted, Transfer transfer) throws Exception {
        ground.server().run(database.name(), "TRUNCATE copied");
        try (var client = WireClient.connect(pooler.port(), database.name(), isEncrypted)) {
            client.run("SELECT 1");
            var cpu = pooler.figures().cpu();
            var start = System.nanoTime();
            var megabytes = transfer.run(client) / BYTES_PER_MEGABYTE;
            var seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
            return new Reading(Map.of(
                    Measure.MEGABYTES,
                    megabytes / seconds,
                    Measure.CPU_PER_MEGABYTE,
                    (pooler.figures().cpu() - cpu) * MILLIS_PER_SECOND / megabytes));
        }
    }
}
