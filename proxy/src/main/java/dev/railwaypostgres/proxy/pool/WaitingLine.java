package dev.railwaypostgres.proxy.pool;

import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Those who wait for a server connection, in the order in which they came: all of them, and those of each profile. */
final class WaitingLine {
    private final LinkedHashMap<Lessee, Waiting> all = new LinkedHashMap<>();
    /** Profiles are the same when they are equal. */
    private final IdentityHashMap<Profile, LinkedHashMap<Lessee, Waiting>> byProfile = new IdentityHashMap<>();

    void add(Waiting waiting) {
        all.put(waiting.lessee, waiting);
        byProfile
                .computeIfAbsent(waiting.lessee.profile(), _ -> new LinkedHashMap<>())
                .put(waiting.lessee, waiting);
    }

    /** @return whether it stood there */
    boolean remove(Waiting waiting) {
        boolean stood = all.remove(waiting.lessee, waiting);
        var line = byProfile.get(waiting.lessee.profile());
        if (stood && line != null) {
            line.remove(waiting.lessee);
            if (line.isEmpty()) {
                byProfile.remove(waiting.lessee.profile());
            }
        }
        return stood;
    }

    @Nullable
    Waiting find(Lessee lessee) {
        return all.get(lessee);
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    int size() {
        return all.size();
    }

    /** @return null if nobody waits */
    @Nullable
    Waiting first() {
        return all.isEmpty() ? null : all.firstEntry().getValue();
    }

    /** The first for whom nothing is under way; null: there is none. */
    @Nullable
    Waiting firstUnserved(Predicate<Lessee> isAllowed) {
        return unserved(all, isAllowed);
    }

    /** The first of the profile for whom nothing is under way; null: there is none. */
    @Nullable
    Waiting firstUnserved(Profile profile, Predicate<Lessee> isAllowed) {
        var line = byProfile.get(profile);
        return line == null ? null : unserved(line, isAllowed);
    }

    /** Whoever is served stands in front: there are never many of them. */
    private static @Nullable Waiting unserved(Map<Lessee, Waiting> line, Predicate<Lessee> isAllowed) {
        for (var waiting : line.values()) {
            if (!waiting.isServed && isAllowed.test(waiting.lessee)) {
                return waiting;
            }
        }
        return null;
    }

    List<Waiting> all() {
        return List.copyOf(all.values());
    }
}
