package dev.railwaypostgres.playground.simulator.railway;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Names for what its owner did not name. */
final class Names {
    private static final List<String> ADJECTIVES = List.of("brave", "calm", "eager", "gentle", "quiet", "swift");
    private static final List<String> NOUNS = List.of("brook", "harbor", "meadow", "river", "summit", "willow");

    private Names() {}

    static String random() {
        var random = ThreadLocalRandom.current();
        return "%s-%s-%04x"
                .formatted(
                        ADJECTIVES.get(random.nextInt(ADJECTIVES.size())),
                        NOUNS.get(random.nextInt(NOUNS.size())),
                        random.nextInt(0x10000));
    }
}
