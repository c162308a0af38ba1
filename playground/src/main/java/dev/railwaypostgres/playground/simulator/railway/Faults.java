package dev.railwaypostgres.playground.simulator.railway;

import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Faults waiting for their operation, each for one call. */
public final class Faults {
    private final Map<String, Queue<Fault>> waiting = new ConcurrentHashMap<>();

    /** The next call of the operation (a root field's name, such as {@code serviceCreate}) meets this fault. */
    public void next(String operation, Fault fault) {
        waiting.computeIfAbsent(operation, _ -> new ConcurrentLinkedQueue<>()).add(fault);
    }

    Optional<Fault> take(String operation) {
        return Optional.ofNullable(waiting.get(operation)).map(Queue::poll);
    }
}
