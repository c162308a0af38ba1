package dev.railwaypostgres.proxy.pool;

import java.util.HashMap;
import java.util.Map;

/** How many there are of each role. */
public final class RoleCounts {
    private final Map<String, Integer> counts = new HashMap<>();

    public void add(String role) {
        counts.merge(role, 1, Integer::sum);
    }

    public void remove(String role) {
        counts.computeIfPresent(role, (_, count) -> count == 1 ? null : count - 1);
    }

    public int of(String role) {
        return counts.getOrDefault(role, 0);
    }
}
