package dev.railwaypostgres.operator.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.railwaypostgres.crds.v1alpha1.Phase;
import dev.railwaypostgres.railway.RailwayException;
import dev.railwaypostgres.sleep.compute.ClientBackend.State;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DatabaseLifeTest {
    private final World world = new World();

    @Test
    void makesEverythingOnceAndInTheOrderThatRailwayNeeds() {
        world.provision();

        assertThat(world.railway.writes).containsExactly("createService", "createVolume", "commitPatch");
        assertThat(world.ready().getStatus()).isEqualTo("True");
        assertThat(world.secrets.published).isNotNull();
        assertThat(world.secrets.roles).isNotNull();
        assertThat(world.status().connectionSecretName()).isEqualTo("orders-connection");
        assertThat(Objects.requireNonNull(world.status().endpoint()).address()).isEqualTo("db.test:5432");
        assertThat(world.objects().address()).isEqualTo("proxy.test:15432");
        assertThat(world.railway.onlyService().name).isEqualTo("orders-0f8fad5b");
    }

    @Test
    void neverSendsAPlainPasswordToRailway() {
        world.provision();

        assertThat(world.railway.onlyService().variables.values()).noneMatch(value -> value.contains("secret-"));
    }

    @Test
    void doesAndAsksNothingWhenNothingIsToBeDone() {
        world.provision();
        world.pass();
        world.pass();
        int writes = world.fuse.effects();
        int reads = world.railway.reads;

        for (int passes = 0; passes < 10; passes++) {
            world.pass();
            world.clock.advance(Duration.ofSeconds(10));
        }

        assertThat(world.fuse.effects()).isEqualTo(writes);
        assertThat(world.railway.reads).isEqualTo(reads);
    }

    @Test
    void asksRailwayNothingAboutADatabaseThatSleeps() {
        world.provision();
        world.fallAsleep();
        world.pass();
        int effects = world.fuse.effects();
        int reads = world.railway.reads;

        for (int passes = 0; passes < 20; passes++) {
            world.pass();
            world.clock.advance(Duration.ofMinutes(10));
        }

        assertThat(world.railway.reads).isEqualTo(reads);
        assertThat(world.fuse.effects()).isEqualTo(effects);
    }

    @Test
    void sleepsWhenIdleAndWakesOnceWhenAsked() {
        world.provision();
        world.postgres.connectIdle(1);
        world.fallAsleep();

        assertThat(world.railway.isRunning()).isFalse();
        assertThat(world.sleep().lsn()).isEqualTo("0/16B3748");
        assertThat(world.sleep().reason()).isEqualTo("Idle");
        assertThat(world.ready().getStatus()).isEqualTo("True");
        assertThat(world.railway.count("stop")).isZero();

        world.askForWake();
        world.passUntil(Phase.WAKING);
        world.askForWake();
        world.passUntil(Phase.ACTIVE);

        assertThat(world.railway.count("deploy")).isEqualTo(1);
        assertThat(world.lastWake().by()).isEqualTo("app/psql/10.0.0.1:5555");
        assertThat(world.lastWake().duration()).isNotNull();
    }

    @Test
    void staysAwakeWhileAStatementRunsAndSaysWhose() {
        world.provision();
        world.postgres.connect(1, State.ACTIVE);
        world.clock.advance(Duration.ofMinutes(20));
        for (int passes = 0; passes < 5; passes++) {
            world.clock.advance(world.pass());
        }

        assertThat(world.status().phase()).isEqualTo(Phase.ACTIVE);
        assertThat(world.sleep().blockers())
                .singleElement()
                .asString()
                .startsWith("Role app (psql, 10.0.0.1) runs a statement since");
    }

    @Test
    void callsASuspendOffWhenWorkArrivesBeforeTheFence() {
        world.provision();
        world.postgres.connectIdle(1);
        world.clock.advance(World.AFTER_IDLE);
        world.passUntil(Phase.SUSPENDING);
        world.postgres.connect(2, State.ACTIVE);
        world.passUntil(Phase.ACTIVE);

        assertThat(world.postgres.fences).isZero();
        assertThat(world.events).anyMatch(event -> event.startsWith("SuspendCalledOff"));
    }

    @Test
    void callsASuspendOffWhenAProxyHoldsASession() {
        world.provision();
        world.postgres.connectIdle(1);
        world.clock.advance(World.AFTER_IDLE);
        world.passUntil(Phase.SUSPENDING);
        world.askForHold();
        world.passUntil(Phase.ACTIVE);
        world.pass();

        assertThat(world.postgres.fences).isZero();
        assertThat(world.sleep().blockers())
                .containsExactly("A session cannot be parked: LISTEN (psql 10.0.0.1:5555).");
    }

    @Test
    void wakesRightAfterTheSuspendThatAWakeCameTooLateFor() {
        world.provision();
        world.clock.advance(World.AFTER_IDLE);
        world.passUntil(() -> world.postgres.fences == 1);
        world.askForWake();
        world.passUntil(Phase.ACTIVE);

        assertThat(world.railway.count("deploy")).isEqualTo(1);
        assertThat(world.postgres.fences).isEqualTo(1);
    }

    @Test
    void neverSleepsWhenTheIdleTimeIsZero() {
        world.edit(Specs.afterIdle("0s"));
        world.provision();
        for (int passes = 0; passes < 10; passes++) {
            world.clock.advance(Duration.ofHours(1));
            world.pass();
        }

        assertThat(world.status().phase()).isEqualTo(Phase.ACTIVE);
    }

    @Test
    void sleepsWhenAPersonOrdersItAndNoClientWakesIt() {
        world.provision();
        world.postgres.connectIdle(1);
        world.edit(Specs.ordered());
        world.passUntil(Phase.SUSPENDED);
        world.clock.advance(Duration.ofSeconds(1));
        world.askForWake();
        for (int passes = 0; passes < 5; passes++) {
            world.pass();
        }

        assertThat(world.status().phase()).isEqualTo(Phase.SUSPENDED);
        assertThat(world.railway.count("deploy")).isZero();
        assertThat(world.ready().getReason()).isEqualTo("SuspendedBySpec");

        world.edit(Specs.plain());
        world.passUntil(Phase.ACTIVE);
    }

    @Test
    void givesNewSettingsToASleepingDatabaseWithoutWakingIt() {
        world.provision();
        world.fallAsleep();
        world.edit(Specs.withCpu("2"));
        world.pass();
        world.pass();

        assertThat(world.railway.count("updateLimits 2.0")).isEqualTo(1);
        assertThat(world.railway.count("deploy")).isZero();
        assertThat(world.status().phase()).isEqualTo(Phase.SUSPENDED);
    }

    @Test
    void restartsARunningDatabaseForNewSettings() {
        world.provision();
        world.edit(Specs.withCpu("2"));
        world.passUntil(Phase.SUSPENDING);
        world.passUntil(Phase.ACTIVE);

        assertThat(world.railway.count("updateLimits 2.0")).isEqualTo(1);
        assertThat(world.railway.count("deploy")).isEqualTo(1);
        assertThat(world.events).anyMatch(event -> event.startsWith("Restarting"));
    }

    @Test
    void growsTheVolumeOfARunningDatabase() {
        world.provision();
        world.edit(Specs.withStorage("20Gi"));
        world.passUntil(() -> world.railway.volumes.values().iterator().next().sizeMB == 20_000);

        assertThat(world.status().phase()).isEqualTo(Phase.ACTIVE);
        assertThat(world.railway.isRunning()).isTrue();
    }

    @Test
    void growsTheVolumeOfASleepingDatabaseAtItsNextWake() {
        world.provision();
        world.fallAsleep();
        world.edit(Specs.withStorage("20Gi"));
        world.pass();
        world.pass();
        assertThat(world.railway.count("deploy")).isZero();

        world.clock.advance(Duration.ofSeconds(5));
        world.askForWake();
        world.passUntil(() -> world.railway.volumes.values().iterator().next().sizeMB == 20_000);
        assertThat(world.status().phase()).isEqualTo(Phase.ACTIVE);
    }

    @Test
    void deletesFromTheOutsideInAndLooksWhetherItIsGone() {
        world.provision();

        assertThat(world.delete()).isFalse();
        assertThat(world.delete()).isTrue();
        assertThat(world.railway.writes).endsWith("deleteTcpProxy", "deleteVolume", "deleteService");
        assertThat(world.railway.services).isEmpty();
        assertThat(world.railway.volumes).isEmpty();
    }

    @Test
    void leavesNothingWhenThereIsNoRoomAndGoesOnAtOnceWhenThereIs() {
        world.railway.volumeQuota = 0;
        assertThatThrownBy(() -> world.passUntil(Phase.ACTIVE))
                .isInstanceOfSatisfying(RailwayException.LimitReached.class, world::judge);
        assertThat(world.railway.services).isEmpty();
        assertThat(world.ready().getReason()).isEqualTo("QuotaReached");

        world.railway.volumeQuota = 10;
        world.provision();

        assertThat(world.railway.services).hasSize(1);
        assertThat(world.railway.volumes.values())
                .singleElement()
                .matches(disk -> world.railway.services.containsKey(Objects.requireNonNull(disk.service)));
    }
}
