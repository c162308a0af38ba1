package dev.railwaypostgres.playground.simulator.railway;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How often each operation was called, refused calls included. */
public final class Counters {
    private final Map<String, LongAdder> calls = new ConcurrentHashMap<>();

    void count(String operation) {
        calls.computeIfAbsent(operation, _ -> new LongAdder()).increment();
    }

    /** Calls of one operation (a root field's name). */
    public long of(String operation) {
        var counter = calls.get(operation);
        return counter == null ? 0 : counter.sum();
    }

    /** Calls of all operations together. */
    public long total() {
        return calls.values().stream().mapToLong(LongAdder::sum).sum();
    }

    /** All counters by operation. */
    public Map<String, Long> byOperation() {
        var sums = new TreeMap<String, Long>();
        calls.forEach((operation, counter) -> sums.put(operation, counter.sum()));
        return sums;
    }

    /** Starts counting again. */
    public void reset() {
        calls.clear();
    }
}
