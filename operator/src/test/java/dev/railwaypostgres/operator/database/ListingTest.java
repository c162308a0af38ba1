package dev.railwaypostgres.operator.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.operator.signal.RailwayHome;
import dev.railwaypostgres.operator.signal.RailwayPoller;
import dev.railwaypostgres.railway.model.NewService;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One listing of an environment, for all databases in it. */
class ListingTest {
    private final FakeClock clock = new FakeClock();
    private final FakeRailway railway = new FakeRailway(clock, new Fuse());
    private final RailwayHome home = new RailwayHome(railway, FakeRailway.PROJECT, FakeRailway.ENVIRONMENT);
    private final List<ResourceID> signals = new ArrayList<>();
    private final RailwayPoller poller = new RailwayPoller(clock, Duration.ofMinutes(1), signals::add);

    @AfterEach
    void close() {
        poller.close();
    }

    @Test
    void asksOnceForTwoHundredDatabases() {
        for (int database = 0; database < 200; database++) {
            poller.follow(new ResourceID("db-" + database, "shop"), home, "db-" + database);
            poller.last(home);
        }

        assertThat(railway.reads).isEqualTo(1);
    }

    @Test
    void asksOnceForEachTokenOfAnEnvironment() {
        FakeRailway other = new FakeRailway(clock, new Fuse());
        RailwayHome withAnotherToken = new RailwayHome(other, home.project(), home.environment());
        for (int time = 0; time < 3; time++) {
            poller.last(home);
            poller.last(withAnotherToken);
        }

        assertThat(railway.reads).isEqualTo(1);
        assertThat(other.reads).isEqualTo(1);
    }

    @Test
    void signalsOnlyTheDatabaseWhoseServiceHasChanged() {
        create("one");
        create("other");
        poller.follow(new ResourceID("one", "shop"), home, "one");
        poller.follow(new ResourceID("other", "shop"), home, "other");
        poller.fresh(home);

        clock.advance(Duration.ofMinutes(1));
        railway.services.values().removeIf(service -> service.name.equals("other"));
        poller.fresh(home);

        assertThat(signals).containsExactly(new ResourceID("other", "shop"));
    }

    @Test
    void asksAgainOnlyWhenWhatIsKnownIsTooOld() {
        poller.last(home);
        clock.advance(Duration.ofSeconds(5));
        poller.recent(home, Duration.ofSeconds(10));
        assertThat(railway.reads).isEqualTo(1);

        clock.advance(Duration.ofSeconds(6));
        poller.recent(home, Duration.ofSeconds(10));
        assertThat(railway.reads).isEqualTo(2);
    }

    private void create(String name) {
        railway.createService(new NewService(FakeRailway.PROJECT, FakeRailway.ENVIRONMENT, name, Map.of()));
    }
}
