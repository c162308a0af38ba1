package dev.railwaypostgres.playground.conformance.isolation;

import dev.railwaypostgres.playground.conformance.scene.Entrance;
import dev.railwaypostgres.playground.conformance.scene.FreshClient;
import dev.railwaypostgres.playground.conformance.scene.Lane;
import dev.railwaypostgres.playground.conformance.scene.Postgres;
import dev.railwaypostgres.playground.conformance.scene.Situation;
import dev.railwaypostgres.playground.conformance.wire.Difference;
import dev.railwaypostgres.playground.conformance.wire.WireClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lets a dirty client and an innocent one share the one server connection of a pool, and hears what both hear. */
final class Trial {
    private static final Situation ONE_SERVER = new Situation(Situation.Kind.COLD, 1);
    private static final Duration PATIENCE = Duration.ofMillis(100);

    /** Looking after each deed would hide that deeds add up. */
    private static final int DEEDS_BETWEEN_LOOKS = 3;

    private static final String OCCUPIED = "ErrorResponse ERROR 53300";

    private final Lane lane;
    private final Entrance entrance;
    private final List<String> fresh;

    /** @param lane with a sequence {@code drawn} */
    Trial(Lane lane) {
        this.lane = lane;
        this.entrance = lane::connect;
        this.fresh = FreshClient.look(lane::connectDirectly);
    }

    /** @return what somebody has heard and must not have; empty when all is well */
    Optional<String> of(DirtySession session) {
        var directly = alone(session);
        lane.enter(ONE_SERVER);
        try {
            return through(session, directly);
        } catch (WireClient.Silence | AssertionError problem) {
            return Optional.of(String.valueOf(problem.getMessage()));
        } finally {
            tidyUp();
        }
    }

    private void tidyUp() {
        lane.administer("SELECT setval('drawn', 1, false)");
    }

    private List<String> alone(DirtySession session) {
        var heard = new ArrayList<String>();
        try (var client = lane.connectDirectly(Postgres.APP, Map.of())) {
            session.deeds().forEach(deed -> deed.doIt(client));
            FreshClient.look(client);
            heard.addAll(client.heard());
            client.leave();
        }
        tidyUp();
        return heard;
    }

    private Optional<String> through(DirtySession session, List<String> directly) {
        try (var dirty = lane.connect(Postgres.APP, Map.of())) {
            for (int i = 0; i < session.deeds().size(); i++) {
                session.deeds().get(i).doIt(dirty);
                var seen = i % DEEDS_BETWEEN_LOOKS == 0 ? innocent() : Optional.<Difference>empty();
                if (seen.isPresent()) {
                    return seen.map(Difference::toString);
                }
            }
            FreshClient.look(dirty);
            var own = Difference.between("the client itself", directly, dirty.heard());
            if (own.isPresent()) {
                return own.map(Difference::toString);
            }
            session.farewell().leave(dirty);
        }
        return afterwards();
    }

    /** Who finds the server connection occupied sees nothing. */
    private Optional<Difference> innocent() {
        var heard = lane.withPatience(PATIENCE, () -> FreshClient.look(entrance));
        return heard.stream().anyMatch(line -> line.startsWith(OCCUPIED))
                ? Optional.empty()
                : Difference.between("another client meanwhile", fresh, heard);
    }

    private Optional<String> afterwards() {
        lane.untilAllIsGivenBack();
        return Difference.between("a client afterwards", fresh, FreshClient.look(entrance))
                .map(Difference::toString);
    }
}
