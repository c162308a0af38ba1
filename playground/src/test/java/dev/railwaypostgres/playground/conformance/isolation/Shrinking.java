package dev.railwaypostgres.playground.conformance.isolation;

import java.util.function.Predicate;

/** Makes a life that shows a fault as short as it can be. */
final class Shrinking {
    private Shrinking() {}

    /** @param isFaulty holds for the session; asked again for each that is shorter */
    static DirtySession shortest(DirtySession session, Predicate<DirtySession> isFaulty) {
        var shortest = session;
        for (int count = 1; count < shortest.deeds().size(); count++) {
            if (isFaulty.test(session.first(count))) {
                shortest = session.first(count);
            }
        }
        for (int index = shortest.deeds().size() - 1; index >= 0; index--) {
            var shorter = shortest.without(index);
            if (isFaulty.test(shorter)) {
                shortest = shorter;
            }
        }
        return shortest;
    }
}
