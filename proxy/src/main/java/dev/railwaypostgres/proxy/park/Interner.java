package dev.railwaypostgres.proxy.park;

import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Function;

/**
 * Keeps one value for all equal keys for as long as somebody uses it: ten thousand clients of one application are much
 * alike.
 */
public final class Interner<K, V> {
    private final Map<K, WeakReference<V>> known = new WeakHashMap<>();

    /** @param make a value that holds on to its key, or is the key */
    public V intern(K key, Function<K, V> make) {
        var reference = known.get(key);
        var value = reference == null ? null : reference.get();
        if (value != null) {
            return value;
        }
        var made = make.apply(key);
        known.remove(key);
        known.put(key, new WeakReference<>(made));
        return made;
    }

    /** The next one with that key gets a value of its own. */
    public void forget(K key) {
        known.remove(key);
    }
}
