package dev.railwaypostgres.playground.conformance.isolation;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** What one client does in its life. The same seed makes the same life. */
record DirtySession(List<Deed> deeds, Farewell farewell) {
    private static final int MOST_DEEDS = 24;

    DirtySession {
        deeds = List.copyOf(deeds);
    }

    /** @param kinds of deeds that it may do */
    static DirtySession of(long seed, Set<DeedKind> kinds) {
        var random = new Random(seed);
        var choice = List.copyOf(EnumSet.copyOf(kinds));
        var deeds = new ArrayList<Deed>();
        for (int left = 1 + random.nextInt(MOST_DEEDS); left > 0; left--) {
            deeds.add(choice.get(random.nextInt(choice.size())).deed(random));
        }
        var farewells = List.of(Farewell.values());
        return new DirtySession(deeds, farewells.get(random.nextInt(farewells.size())));
    }

    DirtySession first(int count) {
        return new DirtySession(deeds.subList(0, count), farewell);
    }

    DirtySession without(int index) {
        var fewer = new ArrayList<>(deeds);
        fewer.remove(index);
        return new DirtySession(fewer, farewell);
    }

    @Override
    public String toString() {
        var story = new StringBuilder();
        deeds.forEach(deed -> story.append("  ").append(deed).append('\n'));
        return story.append("  leaves: ").append(farewell).toString();
    }
}
