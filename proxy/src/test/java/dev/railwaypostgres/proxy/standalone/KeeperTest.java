package dev.railwaypostgres.proxy.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.proxy.route.Route.Readiness;
import dev.railwaypostgres.railway.RailwayException;
import dev.railwaypostgres.railway.model.RestartPolicy;
import dev.railwaypostgres.sleep.compute.ClientBackend.State;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a keeper does with its database, in a world without waiting. */
class KeeperTest {
    @TempDir
    private Path folder;

    private World world;

    @BeforeEach
    void begin() {
        world = new World(folder);
    }

    @Test
    void findsADatabaseAwakeOrAsleep() {
        assertThat(world.keeper.readiness()).isEqualTo(Readiness.UNKNOWN);
        world.passUntil(Readiness.AWAKE);

        world.railway.exit();
        world.restart();
        world.pass();

        assertThat(world.keeper.readiness()).isEqualTo(Readiness.ASLEEP);
    }

    @Test
    void putsItToSleepWhenNobodyHasWorkedForLong() {
        world.fallAsleep();

        assertThat(world.railway.isRunning()).isFalse();
        assertThat(world.postgres.fences).isEqualTo(1);
        assertThat(world.postgres.checkpoints).isEqualTo(1);
        assertThat(world.railway.count("stop", "remove", "cancel", "deploy")).isZero();
        assertThat(world.told).containsExactly(Readiness.AWAKE, Readiness.SUSPENDING, Readiness.ASLEEP);
    }

    @Test
    void leavesItAwakeWhileSomebodyWorks() {
        world.passUntil(Readiness.AWAKE);
        world.postgres.connect(State.IN_TRANSACTION);
        world.clock.advance(World.AFTER_IDLE.multipliedBy(3));
        for (int i = 0; i < 10; i++) {
            world.clock.advance(world.pass());
        }

        assertThat(world.told).containsExactly(Readiness.AWAKE);
    }

    @Test
    void staysAwakeForASessionThatCannotBeParked() {
        world.passUntil(Readiness.AWAKE);
        world.clock.advance(World.AFTER_IDLE);
        world.passUntil(Readiness.SUSPENDING);
        world.askForHold();
        world.pass();

        assertThat(world.keeper.readiness()).isEqualTo(Readiness.AWAKE);
        assertThat(world.postgres.fences).isZero();
    }

    @Test
    void wakesItForAClientByOneStart() {
        world.fallAsleep();
        world.clock.advance(Duration.ofMinutes(10));
        world.askForWake();
        world.passUntil(Readiness.AWAKE);

        assertThat(world.railway.count("deploy")).isEqualTo(1);
    }

    @Test
    void startsItOnceThoughListingsAreLate() {
        world.fallAsleep();
        world.railway.listsLate = true;
        world.clock.advance(Duration.ofMinutes(10));
        world.askForWake();
        for (int i = 0; i < 5; i++) {
            world.keeper.tryPass();
            world.clock.advance(Duration.ofSeconds(11));
        }

        assertThat(world.railway.count("deploy")).isEqualTo(1);
    }

    @Test
    void answersAWakeThatComesDuringTheShutdown() {
        world.passUntil(Readiness.AWAKE);
        world.clock.advance(World.AFTER_IDLE);
        world.passUntil(() -> world.postgres.fences > 0);
        world.askForWake();
        world.passUntil(Readiness.WAKING);

        world.passUntil(Readiness.AWAKE);
        assertThat(world.railway.count("deploy")).isEqualTo(1);
    }

    @Test
    void changesNothingInASecondPass() {
        world.fallAsleep();
        int effects = world.fuse.effects();
        var told = world.told.size();
        world.pass();
        world.pass();

        assertThat(world.fuse.effects()).isEqualTo(effects);
        assertThat(world.told).hasSize(told);
    }

    @Test
    void asksRailwayNothingWhileTheDatabaseIsAwake() {
        world.passUntil(Readiness.AWAKE);
        world.pass();
        int calls = world.railway.calls.size();
        for (int i = 0; i < 20; i++) {
            world.clock.advance(Duration.ofSeconds(10));
            world.pass();
        }

        assertThat(world.railway.calls).hasSize(calls);
    }

    @Test
    void looksAtRailwayOnceAMinuteWhileTheDatabaseSleeps() {
        world.fallAsleep();
        int calls = world.railway.calls.size();
        for (int i = 0; i < 60; i++) {
            world.clock.advance(Duration.ofSeconds(10));
            world.pass();
        }

        assertThat(world.railway.calls.size() - calls).isBetween(8, 10);
    }

    @Test
    void sleepsAndWakesByFewCalls() {
        world.passUntil(Readiness.AWAKE);
        int before = world.railway.calls.size();
        world.clock.advance(World.AFTER_IDLE);
        world.passUntil(Readiness.ASLEEP);
        world.askForWake();
        world.passUntil(Readiness.AWAKE);

        assertThat(world.railway.calls.size() - before).isLessThanOrEqualTo(8);
    }

    @Test
    void noticesThatSomebodyElseHasStartedIt() {
        world.askForWake();
        world.fallAsleep();
        world.clock.advance(Duration.ofMinutes(10));
        world.railway.start();
        world.passUntil(Readiness.AWAKE);

        assertThat(world.railway.count("deploy")).isZero();
    }

    @Test
    void noticesThatSomebodyElseHasStoppedIt() {
        world.passUntil(Readiness.AWAKE);
        world.railway.exit();
        world.passUntil(Readiness.ASLEEP);

        world.askForWake();
        world.passUntil(Readiness.AWAKE);
    }

    // ---- restart policies

    @Test
    void stopsAServiceByRailwayWhoseRestartPolicyWouldBringItBack() {
        world.railway.restartPolicy = RestartPolicy.ALWAYS;
        world.fallAsleep();

        assertThat(world.railway.isRunning()).isFalse();
        assertThat(world.postgres.fences).isEqualTo(1);
        assertThat(world.railway.count("stop")).isEqualTo(1);
    }

    @Test
    void insistsWhenRailwayIgnoresAStop() {
        world.railway.restartPolicy = RestartPolicy.ALWAYS;
        world.railway.ignoresStop = true;
        world.fallAsleep();

        assertThat(world.railway.isRunning()).isFalse();
        assertThat(world.railway.count("remove")).isEqualTo(1);
    }

    // ---- trouble

    @Test
    void doesNotPutToSleepWhatItCouldNotWake() {
        world.passUntil(Readiness.AWAKE);
        world.clock.advance(World.AFTER_IDLE);
        world.railway.trouble = new RailwayException.Transient("upstream connect error");
        for (int i = 0; i < 20; i++) {
            world.clock.advance(world.pass());
        }

        assertThat(world.postgres.fences).isZero();
        world.railway.trouble = null;
        world.passUntil(Readiness.ASLEEP);
    }

    @Test
    void wakesWhenRailwayIsBack() {
        world.fallAsleep();
        world.railway.trouble = new RailwayException.Transient("upstream connect error");
        world.askForWake();
        for (int i = 0; i < 5; i++) {
            world.clock.advance(world.pass());
        }
        world.railway.trouble = null;
        world.passUntil(Readiness.AWAKE);

        assertThat(world.railway.count("deploy")).isEqualTo(1);
    }

    @Test
    void findsADatabaseAwakeThoughRailwayDoesNotAnswer() {
        world.railway.trouble = new RailwayException.Transient("upstream connect error");

        world.passUntil(Readiness.AWAKE);
    }

    @Test
    void readsTheTokenAnewWhenItWasRefused() {
        world.fallAsleep();
        world.clock.advance(Duration.ofMinutes(2));
        int connects = world.connects;
        world.railway.trouble = new RailwayException.TokenRefused("project token not found");
        assertThat(world.pass()).isEqualTo(Duration.ofSeconds(60));
        world.railway.trouble = null;
        world.askForWake();
        world.passUntil(Readiness.AWAKE);

        assertThat(world.connects).isEqualTo(connects + 1);
    }

    @Test
    void saysNothingOfADatabaseWhoseServiceIsGone() {
        world.fallAsleep();
        world.railway.isThere = false;
        world.clock.advance(Duration.ofMinutes(2));
        world.pass();
        assertThat(world.keeper.readiness()).isEqualTo(Readiness.UNKNOWN);

        world.railway.isThere = true;
        world.askForWake();
        world.passUntil(Readiness.AWAKE);
    }

    // ---- roles

    @Test
    void knowsWhoMayLogInAfterARestartWhileTheDatabaseSleeps() {
        world.fallAsleep();
        assertThat(world.roles.known()).isPresent();
        world.restart();

        assertThat(world.roles.known())
                .hasValueSatisfying(known -> assertThat(known.verifiers()).containsOnlyKeys("app"));
        assertThat(world.railway.isRunning()).isFalse();
    }

    @Test
    void asksAnAwakeDatabaseWhoMayLogInNow() {
        world.passUntil(Readiness.AWAKE);
        world.pass();
        world.postgres.verifiers = Map.of("late", FakePostgres.VERIFIER);

        assertThat(world.keeper.roles())
                .hasValueSatisfying(known -> assertThat(known.verifiers()).containsOnlyKeys("late"));
        world.pass();
        assertThat(world.roles.known())
                .hasValueSatisfying(known -> assertThat(known.verifiers()).containsOnlyKeys("late"));
    }

    @Test
    void answersFromMemoryWhoMayLogInWhenTheDatabaseIsGone() {
        world.passUntil(Readiness.AWAKE);
        world.pass();
        world.railway.exit();

        assertThat(world.keeper.roles())
                .hasValueSatisfying(known -> assertThat(known.verifiers()).containsOnlyKeys("app"));
    }

    @Test
    void keepsTheRolesAsTheyAreAtTheLastMoment() {
        world.passUntil(Readiness.AWAKE);
        world.pass();
        world.postgres.verifiers = Map.of("app", FakePostgres.VERIFIER, "late", FakePostgres.VERIFIER);
        world.clock.advance(World.AFTER_IDLE);
        world.passUntil(Readiness.ASLEEP);

        assertThat(world.roles.known())
                .hasValueSatisfying(known -> assertThat(known.verifiers()).containsOnlyKeys("app", "late"));
    }

    // ---- crashes

    @ParameterizedTest
    @EnumSource(
            value = RestartPolicy.class,
            names = {"ON_FAILURE", "ALWAYS"})
    void fallsAsleepAllTheSameWhenItIsKilledAfterAnyEffect(RestartPolicy policy) {
        for (int effect = 1; effect <= 4; effect++) {
            var other = new World(folder);
            other.railway.restartPolicy = policy;
            other.postgres.connect(State.IDLE);
            other.passUntil(Readiness.AWAKE);
            other.fuse.blowAfter(effect);
            survive(other, () -> other.passUntil(Readiness.ASLEEP));

            assertThat(other.railway.isRunning())
                    .as("killed after effect " + effect)
                    .isFalse();
            assertThat(other.railway.count("deploy")).isZero();
        }
    }

    @Test
    void wakesAllTheSameByOneStartWhenItIsKilledRightAfterIt() {
        world.fallAsleep();
        world.fuse.blowAfter(world.fuse.effects() + 1);
        survive(world, () -> {
            world.askForWake();
            world.passUntil(Readiness.AWAKE);
        });

        assertThat(world.railway.count("deploy")).isEqualTo(1);
    }

    private static void survive(World world, Runnable story) {
        try {
            story.run();
        } catch (Crash dead) {
            world.restart();
            story.run();
        }
    }
}
