package dev.railwaypostgres.operator.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.crds.v1alpha1.Phase;
import dev.railwaypostgres.operator.status.ConditionType;
import dev.railwaypostgres.postgres.Lsn;
import dev.railwaypostgres.sleep.compute.ClientBackend.State;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What somebody does on Railway behind the operator's back. */
class RepairTest {
    private final World world = new World();

    @BeforeEach
    void provision() {
        world.provision();
        world.clock.advance(Duration.ofMinutes(1));
    }

    @Test
    void neverPutsAnEmptyVolumeInThePlaceOfALostOne() {
        world.railway.volumes.clear();
        world.lookAtRailway();
        world.passUntil(Phase.FAILED);
        for (int passes = 0; passes < 5; passes++) {
            world.clock.advance(world.pass());
        }

        assertThat(world.ready().getReason()).isEqualTo("VolumeLost");
        assertThat(world.ready().getMessage()).contains("restore it there");
        assertThat(world.railway.count("createVolume")).isEqualTo(1);
    }

    @Test
    void saysThatADatabaseIsLostWhenAllOfItWasDeleted() {
        world.railway.volumes.clear();
        world.railway.services.clear();
        world.lookAtRailway();
        world.passUntil(Phase.FAILED);

        assertThat(world.ready().getReason()).isEqualTo("VolumeLost");
        assertThat(world.railway.count("createService")).isEqualTo(1);
    }

    @Test
    void goesOnWhenALostVolumeIsBack() {
        var volumes = Map.copyOf(world.railway.volumes);
        world.railway.volumes.clear();
        world.lookAtRailway();
        world.passUntil(Phase.FAILED);
        world.railway.volumes.putAll(volumes);
        world.lookAtRailway();
        world.passUntil(Phase.ACTIVE);

        assertThat(world.ready().getStatus()).isEqualTo("True");
    }

    @Test
    void makesALostServiceAgainAroundItsVolume() {
        String volume = world.objects().volumeId();
        world.railway.services.clear();
        world.railway.volumes.values().forEach(disk -> disk.service = null);
        world.lookAtRailway();
        world.passUntil(Phase.PROVISIONING);
        world.passUntil(Phase.ACTIVE);

        assertThat(world.objects().volumeId()).isEqualTo(volume);
        assertThat(world.railway.count("createVolume")).isEqualTo(1);
        assertThat(world.railway.volumes.values()).singleElement().matches(disk -> disk.service != null);
    }

    @Test
    void opensALostAddressAgain() {
        world.railway.onlyService().hasProxy = false;
        world.clock.advance(Duration.ofHours(1));
        world.postgres.connect(1, State.ACTIVE);
        world.passUntil(() -> world.railway.onlyService().hasProxy);

        assertThat(world.railway.count("commitPatch")).isEqualTo(2);
    }

    @Test
    void putsChangedVariablesRightWithoutARestart() {
        world.railway.onlyService().variables.put("PGDATA", "/tmp");
        world.clock.advance(Duration.ofHours(1));
        world.postgres.connect(1, State.ACTIVE);
        world.passUntil(() -> world.railway.count("upsertVariables") == 1);

        assertThat(world.railway.onlyService().variables).containsEntry("PGDATA", "/var/lib/postgresql/data/pgdata");
        assertThat(world.railway.count("deploy")).isZero();
    }

    @Test
    void startsAComputeAgainThatHasCrashed() {
        world.railway.crash();
        world.passUntil(Phase.WAKING);
        world.passUntil(Phase.ACTIVE);

        assertThat(world.railway.count("deploy")).isEqualTo(1);
    }

    @Test
    void takesAComputeThatSomebodyStoppedForASleepingOne() {
        world.railway.exit();
        world.passUntil(Phase.SUSPENDED);

        assertThat(world.sleep().reason()).isEqualTo("Stopped");
        assertThat(world.ready().getStatus()).isEqualTo("True");
    }

    @Test
    void treatsADatabaseThatRailwayStartedAsAwakeAndPutsItToSleepAgain() {
        world.fallAsleep();
        world.clock.advance(Duration.ofMinutes(5));
        world.railway.startByItself();
        world.lookAtRailway();
        world.passUntil(Phase.ACTIVE);
        world.passUntil(Phase.SUSPENDED);

        assertThat(world.railway.isRunning()).isFalse();
        assertThat(world.railway.count("deploy")).isZero();
    }

    @Test
    void refusesOtherDataThanWentToSleep() {
        world.fallAsleep();
        world.postgres.systemIdentifier = "666";
        world.clock.advance(Duration.ofSeconds(5));
        world.askForWake();
        world.passUntil(Phase.FAILED);

        assertThat(world.ready().getReason()).isEqualTo("IdentityChanged");

        world.postgres.systemIdentifier = "7000000000000000001";
        world.railway.startByItself();
        world.passUntil(Phase.ACTIVE);
    }

    @Test
    void servesOlderDataThanWentToSleepAndSaysSo() {
        world.fallAsleep();
        world.postgres.position = Lsn.parse("0/1000000");
        world.clock.advance(Duration.ofSeconds(5));
        world.askForWake();
        world.passUntil(Phase.ACTIVE);

        assertThat(world.ready().getStatus()).isEqualTo("True");
        assertThat(world.condition(ConditionType.STALLED).getReason()).isEqualTo("DataWentBack");
        assertThat(world.condition(ConditionType.STALLED).getMessage())
                .contains("0/1000000 on timeline 1 instead of 0/16B3748");

        world.fallAsleep();
        world.clock.advance(Duration.ofSeconds(5));
        world.askForWake();
        world.passUntil(Phase.ACTIVE);
        assertThat(ConditionType.STALLED.in(world.status())).isEmpty();
    }

    @Test
    void doesNotMissWhatWasWrittenBeforeASleep() {
        world.passUntil(Phase.ACTIVE);
        world.postgres.position = Lsn.parse("0/2000000");
        world.fallAsleep();
        assertThat(ConditionType.STALLED.in(world.status())).isEmpty();

        world.clock.advance(Duration.ofSeconds(5));
        world.askForWake();
        world.passUntil(Phase.ACTIVE);
        assertThat(ConditionType.STALLED.in(world.status())).isEmpty();
        assertThat(world.events.toString()).doesNotContain("DataWentBack");
    }

    @Test
    void triesStartsThatFailAgainMoreAndMoreSeldom() {
        world.fallAsleep();
        world.railway.failsStarts = true;
        world.clock.advance(Duration.ofSeconds(5));
        world.askForWake();
        world.passUntil(() -> world.railway.count("deploy") == 4);

        assertThat(world.ready().getReason()).isEqualTo("DeploymentFailed");
        assertThat(Duration.between(world.since(), world.clock.instant()))
                .isBetween(Duration.ofSeconds(30), Duration.ofMinutes(3));

        world.railway.failsStarts = false;
        world.passUntil(Phase.ACTIVE);
        assertThat(world.ready().getReason()).isEqualTo("Active");
    }

    @Test
    void stopsByForceWhatDoesNotEndByItself() {
        world.postgres.hangsInShutdown = true;
        world.clock.advance(World.AFTER_IDLE);
        world.passUntil(Phase.SUSPENDED);

        assertThat(world.railway.writes).endsWith("stop");
    }

    @Test
    void usesStrongerMeansWhenRailwayIgnoresAStop() {
        world.postgres.hangsInShutdown = true;
        world.railway.ignoresStops = true;
        world.clock.advance(World.AFTER_IDLE);
        world.passUntil(Phase.SUSPENDED);

        assertThat(world.railway.count("stop")).isPositive();
        assertThat(world.railway.writes).endsWith("remove");
    }

    @Test
    void storesRolesThatWereAddedWhileAwake() {
        world.postgres.verifiers = Map.of("app", "verifier", "reporting", "other");
        world.passUntil(() ->
                world.secrets.roles != null && world.secrets.roles.verifiers().containsKey("reporting"));
    }

    @Test
    void publishesTheConnectionAgainWhenItsSecretIsGone() {
        world.secrets.published = null;
        world.passUntil(() -> world.secrets.published != null);
    }
}
