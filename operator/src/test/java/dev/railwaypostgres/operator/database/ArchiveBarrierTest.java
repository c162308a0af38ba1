package dev.railwaypostgres.operator.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.crds.v1alpha1.Phase;
import dev.railwaypostgres.operator.status.ConditionType;
import dev.railwaypostgres.postgres.Lsn;
import dev.railwaypostgres.sleep.SleepBarrier.NotDurable;
import dev.railwaypostgres.sleep.SleepBarrier.Passed;
import dev.railwaypostgres.sleep.SleepBarrier.Pending;
import dev.railwaypostgres.sleep.SleepTerms;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A database sleeps only when the archive holds all of it. */
class ArchiveBarrierTest {
    private final World world = new World();

    @BeforeEach
    void provision() {
        world.provision();
        world.clock.advance(World.AFTER_IDLE);
    }

    @Test
    void asksTheArchiveForThePositionOfTheCheckpoint() {
        world.passUntil(Phase.SUSPENDED);

        assertThat(world.archive.asked).containsOnly(Lsn.parse("0/16B3748"));
    }

    @Test
    void sleepsOnlyWhenTheArchiveHasTakenEverything() {
        world.archive.answer = new Pending();
        world.passUntil(() -> world.postgres.checkpoints == 1);
        for (int passes = 0; passes < 10; passes++) {
            world.clock.advance(world.pass());
        }
        assertThat(world.status().phase()).isEqualTo(Phase.SUSPENDING);
        assertThat(world.postgres.fences).isZero();

        world.archive.answer = new Passed();
        world.passUntil(Phase.SUSPENDED);
        assertThat(world.postgres.checkpoints).isEqualTo(1);
    }

    @Test
    void isWokenFromItsWaitForTheArchiveByWork() {
        world.archive.answer = new Pending();
        world.passUntil(() -> world.postgres.checkpoints == 1);
        world.askForWake();
        Instant asked = world.clock.instant();
        world.passUntil(Phase.ACTIVE);

        assertThat(Duration.between(asked, world.clock.instant())).isLessThan(Duration.ofSeconds(2));
        assertThat(world.status().conditions())
                .noneMatch(condition -> condition.getType().equals("Archiving"));
    }

    @Test
    void callsASuspendOffAtOnceThatTheArchiveForbids() {
        world.archive.answer = new NotDurable("the bucket refuses the key");
        world.passUntil(() -> world.postgres.checkpoints == 1);
        world.pass();

        assertThat(world.status().phase()).isEqualTo(Phase.ACTIVE);
        assertThat(world.ready().getStatus()).isEqualTo("True");
        assertThat(world.condition(ConditionType.ARCHIVING).getStatus()).isEqualTo("False");
        assertThat(world.condition(ConditionType.ARCHIVING).getReason()).isEqualTo("ArchiveBehind");
        assertThat(world.condition(ConditionType.ARCHIVING).getMessage()).contains("the bucket refuses the key");
        assertThat(world.events).anyMatch(event -> event.startsWith("ArchiveBehind: Stays awake"));
    }

    @Test
    void doesNotTryAgainBeforeTheArchiveHasCaughtUpAndSaysWhatKeepsItAwake() {
        world.archive.answer = new NotDurable("the bucket refuses the key");
        world.passUntil(() -> world.postgres.checkpoints == 1);
        world.passUntil(Phase.ACTIVE);
        for (int passes = 0; passes < 10; passes++) {
            world.clock.advance(World.AFTER_IDLE);
            world.pass();
        }
        assertThat(world.postgres.checkpoints).isEqualTo(1);
        assertThat(world.sleep().blockers()).containsExactly("The archive is behind: the bucket refuses the key.");

        world.archive.answer = new Passed();
        world.passUntil(Phase.SUSPENDED);
        assertThat(world.condition(ConditionType.ARCHIVING).getStatus()).isEqualTo("True");
        assertThat(world.condition(ConditionType.ARCHIVING).getReason()).isEqualTo("Archived");
        assertThat(world.sleep().blockers()).isEmpty();
    }

    @Test
    void givesUpAnArchiveThatIsNeverDone() {
        world.archive.answer = new Pending();
        world.passUntil(() -> world.postgres.checkpoints == 1);
        world.clock.advance(SleepTerms.DEFAULT.archiving().minusSeconds(10));
        world.pass();
        assertThat(world.status().phase()).isEqualTo(Phase.SUSPENDING);

        world.passUntil(Phase.ACTIVE);
        assertThat(world.condition(ConditionType.ARCHIVING).getReason()).isEqualTo("ArchiveBehind");
        assertThat(world.postgres.fences).isZero();
    }

    @Test
    void writesNothingWhileItWaitsForTheArchive() {
        world.archive.answer = new NotDurable("the bucket refuses the key");
        world.passUntil(() -> world.postgres.checkpoints == 1);
        world.passUntil(Phase.ACTIVE);
        world.clock.advance(World.AFTER_IDLE);
        world.pass();
        world.pass();
        int effects = world.fuse.effects();
        for (int passes = 0; passes < 10; passes++) {
            world.clock.advance(world.pass());
        }

        assertThat(world.fuse.effects()).isEqualTo(effects);
    }
}
