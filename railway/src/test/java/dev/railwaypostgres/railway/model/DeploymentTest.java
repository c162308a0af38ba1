package dev.railwaypostgres.railway.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeploymentTest {
    @Test
    void runsWhileAContainerDoes() {
        Deployment running = deployment(DeploymentStatus.SUCCESS, false, DeploymentInstanceStatus.RUNNING);

        assertThat(running.isRunning()).isTrue();
        assertThat(running.hasEnded()).isFalse();
    }

    @Test
    void runsNotYetWithoutAContainer() {
        Deployment started = deployment(DeploymentStatus.SUCCESS, false);

        assertThat(started.isRunning()).isFalse();
        assertThat(started.hasEnded()).isFalse();
    }

    @Test
    void hasEndedWhenItWasStoppedThoughItsStatusStaysSuccess() {
        Deployment stopped = deployment(DeploymentStatus.SUCCESS, true, DeploymentInstanceStatus.EXITED);

        assertThat(stopped.isRunning()).isFalse();
        assertThat(stopped.hasEnded()).isTrue();
        assertThat(stopped.hasFailed()).isFalse();
    }

    @Test
    void hasNotEndedWhileAStoppedContainerStillDrains() {
        assertThat(deployment(DeploymentStatus.SUCCESS, true, DeploymentInstanceStatus.RUNNING)
                        .hasEnded())
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"CRASHED", "FAILED", "REMOVED", "SKIPPED", "SLEEPING"})
    void hasEndedByItsStatus(DeploymentStatus status) {
        assertThat(deployment(status, false).hasEnded()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"QUEUED", "BUILDING", "DEPLOYING", "REMOVING", "UNKNOWN"})
    void hasNotEndedOnTheWay(DeploymentStatus status) {
        assertThat(deployment(status, false).hasEnded()).isFalse();
    }

    private static Deployment deployment(
            DeploymentStatus status, boolean stopped, DeploymentInstanceStatus... instances) {
        List<DeploymentInstance> all = Stream.of(instances)
                .map(instance -> new DeploymentInstance("instance", instance))
                .toList();
        return new Deployment(new DeploymentId("deployment"), status, stopped, null, all);
    }
}
