package dev.railwaypostgres.proxy.manage;

import dev.railwaypostgres.proxy.manage.Latencies.Distribution;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * One database at one moment: what has been counted, and what there is. May be read on any thread.
 *
 * @param database its name, as a label
 */
public record DatabaseFigures(
        String database, Map<Metric, Distribution> latencies, long received, long sent, Census census) {
    /**
     * Who and what is there.
     *
     * @param sessions by state
     * @param pinned sessions by reason
     * @param parkedBytes that parked sessions are remembered by
     */
    public record Census(Map<String, Integer> sessions, Map<String, Integer> pinned, long parkedBytes, Pool pool) {
        public Census {
            sessions = Map.copyOf(sessions);
            pinned = Map.copyOf(pinned);
        }
    }

    /**
     * Server connections and the queue before them.
     *
     * @param connections by state
     * @param longestWait of those in the queue
     */
    public record Pool(Map<String, Integer> connections, Duration longestWait) {
        public Pool {
            connections = Map.copyOf(connections);
        }
    }

    public static DatabaseFigures of(String database, DatabaseMetrics counted, Census census) {
        var latencies = new EnumMap<Metric, Distribution>(Metric.class);
        latencies.put(Metric.LOGIN, counted.logins().now());
        latencies.put(Metric.WAIT, counted.waits().now());
        latencies.put(Metric.WAKE, counted.wakes().now());
        latencies.put(Metric.QUERY, counted.queries().now());
        latencies.put(Metric.TRANSACTION, counted.transactions().now());
        latencies.values().removeIf(Distribution::isEmpty);
        return new DatabaseFigures(database, latencies, counted.received(), counted.sent(), census);
    }

    /** Nobody has logged in to it here: of the many that a replica could serve, it serves only some. */
    boolean isUnused() {
        return latencies.isEmpty();
    }
}
