package dev.railwaypostgres.operator.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.crds.v1alpha1.Phase;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The operator is killed right after each of its effects, in the world or in the status, and started again. */
class CrashTest {
    @TestFactory
    Stream<DynamicTest> makesNothingTwice() {
        return killedAfterEach(_ -> {}, world -> world.passUntil(Phase.ACTIVE), world -> {
            assertThat(world.railway.services).hasSize(1);
            assertThat(world.railway.volumes).hasSize(1);
            assertThat(world.railway.count("createService")).isEqualTo(1);
            assertThat(world.railway.count("createVolume")).isEqualTo(1);
            assertThat(world.railway.count("commitPatch")).isEqualTo(1);
            assertThat(world.railway.count("deploy")).isZero();
            assertThat(world.secrets.published).isNotNull();
            assertThat(world.secrets.roles).isNotNull();
        });
    }

    @TestFactory
    Stream<DynamicTest> fallsAsleepAllTheSame() {
        return killedAfterEach(
                world -> {
                    world.provision();
                    world.postgres.connectIdle(1);
                },
                world -> {
                    world.clock.advance(World.AFTER_IDLE);
                    world.passUntil(Phase.SUSPENDED);
                },
                world -> {
                    assertThat(world.railway.isRunning()).isFalse();
                    assertThat(world.postgres.fences).isEqualTo(1);
                    assertThat(world.sleep().lsn()).isNotNull();
                    assertThat(world.railway.count("deploy")).isZero();
                });
    }

    @TestFactory
    Stream<DynamicTest> wakesAllTheSameByOneStart() {
        return killedAfterEach(
                world -> {
                    world.provision();
                    world.fallAsleep();
                    world.clock.advance(Duration.ofSeconds(5));
                    world.askForWake();
                },
                world -> world.passUntil(Phase.ACTIVE),
                world -> {
                    assertThat(world.railway.count("deploy")).isEqualTo(1);
                    assertThat(world.lastWake().by()).isEqualTo("app/psql/10.0.0.1:5555");
                });
    }

    @TestFactory
    Stream<DynamicTest> deletesAllTheSame() {
        return killedAfterEach(World::provision, World::deleteAll, world -> {
            assertThat(world.railway.services).isEmpty();
            assertThat(world.railway.volumes).isEmpty();
        });
    }

    /** First without a crash, to count the effects; then once for each of them. */
    private static Stream<DynamicTest> killedAfterEach(
            Consumer<World> before, Consumer<World> story, Consumer<World> outcome) {
        int effects = effectsOf(before, story, outcome);
        return IntStream.rangeClosed(1, effects)
                .mapToObj(effect -> DynamicTest.dynamicTest("killed after effect " + effect + " of " + effects, () -> {
                    World world = new World();
                    before.accept(world);
                    world.fuse.blowAfter(world.fuse.effects() + effect);
                    survive(world, story);
                    outcome.accept(world);
                }));
    }

    private static int effectsOf(Consumer<World> before, Consumer<World> story, Consumer<World> outcome) {
        World world = new World();
        before.accept(world);
        int first = world.fuse.effects();
        story.accept(world);
        outcome.accept(world);
        return world.fuse.effects() - first;
    }

    private static void survive(World world, Consumer<World> story) {
        try {
            story.accept(world);
        } catch (Crash dead) {
            world.killOperator();
            story.accept(world);
        }
    }
}
