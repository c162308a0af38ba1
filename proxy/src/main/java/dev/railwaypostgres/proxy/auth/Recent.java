package dev.railwaypostgres.proxy.auth;

import java.util.LinkedHashMap;
import java.util.Map;

/** Remembers a fixed number of things, those that were met last. */
final class Recent<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1;
    private static final float USUAL_LOAD = 0.75f;

    private final int capacity;

    Recent(int capacity) {
        super(16, USUAL_LOAD, true);
        this.capacity = capacity;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > capacity;
    }
}
