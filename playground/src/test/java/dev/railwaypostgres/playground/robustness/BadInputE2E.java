package dev.railwaypostgres.playground.robustness;

import static dev.railwaypostgres.playground.Eventually.eventually;
import static dev.railwaypostgres.playground.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.playground.run.PlaygroundExtension;
import dev.railwaypostgres.playground.run.Stage;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What cannot be done is told with its reason and its cure, leaves nothing half-made, and goes on once it can be done. */
@ExtendWith(PlaygroundExtension.class)
class BadInputE2E {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String OWN_TOKEN = "{railway: {tokenSecretRef: {name: own-token, key: token}}}";

    @Test
    void waitsForAMissingTokenSecret(Stage stage) {
        declare(stage, "tokenless", OWN_TOKEN);
        assertNotReady(stage, "tokenless", "TokenMissing", "own-token");
        assertThat(RailwayView.of(stage).services("tokenless")).isEmpty();

        putToken(stage, stage.playground().railway().createWorkspaceToken());
        nudge(stage, "tokenless");
        awaitReady(stage, "tokenless");
    }

    @Test
    void asksForAnotherTokenWhenItsOwnIsRevoked(Stage stage) {
        var railway = stage.playground().railway();
        var token = railway.createWorkspaceToken();
        railway.revokeToken(token);
        putToken(stage, token);
        declare(stage, "revoked", OWN_TOKEN);
        assertNotReady(stage, "revoked", "TokenRejected", "Check that the token may work in this project");
        assertThat(stage.kubectl("get", "sdb/revoked", "-o", "yaml")).doesNotContain(token);
        assertThat(RailwayView.of(stage).services("revoked")).isEmpty();

        putToken(stage, railway.createWorkspaceToken());
        nudge(stage, "revoked");
        awaitReady(stage, "revoked");
    }

    @Test
    void keepsNoServiceWithoutRoomForItsVolume(Stage stage) {
        var quirks = stage.playground().railway().quirks();
        var railway = RailwayView.of(stage);
        quirks.volumesPerProject(railway.volumes().size());
        try {
            declare(stage, "given-up", "{}");
            assertNotReady(stage, "given-up", "QuotaReached", "raise its limit");
            eventually(() -> assertThat(railway.services("given-up")).isEmpty());
            stage.kubectl("delete", "sdb/given-up", "--timeout=60s");
        } finally {
            quirks.volumesPerProject(1000);
        }
        assertThat(railway.services("given-up")).isEmpty();
    }

    @Test
    void refusesARegionThatRailwayDoesNotHave(Stage stage) {
        declare(stage, "nowhere", "{region: atlantis}");
        assertNotReady(stage, "nowhere", "UnknownRegion", "spec.region: Railway has no region atlantis");
        assertThat(RailwayView.of(stage).services("nowhere")).isEmpty();
        stage.kubectl("delete", "sdb/nowhere", "--timeout=60s");
    }

    @Test
    void makesAServiceAgainThatWasDeletedBehindItsBack(Stage stage) throws SQLException {
        stage.createDatabase("robbed", "{suspend: {afterIdle: 0s}}");
        var railway = RailwayView.of(stage);
        try (var connection = JdbcAddress.of(stage.uri("robbed")).connect()) {
            Sql.run(connection, "CREATE TABLE kept AS SELECT 42 AS answer");
        }
        var service = railway.services("robbed").getFirst();
        var volume = railway.volumes("robbed").getFirst().id();
        railway.deleteService(service);

        within(
                PATIENCE,
                () -> assertThat(railway.services("robbed")).singleElement().isNotEqualTo(service));
        awaitReady(stage, "robbed");
        assertThat(railway.volumes("robbed"))
                .singleElement()
                .extracting(RailwayView.Volume::id)
                .isEqualTo(volume);
        try (var connection = JdbcAddress.of(stage.uri("robbed")).connect()) {
            assertThat(Sql.ask(connection, "SELECT answer FROM kept")).isEqualTo("42");
        }
        stage.kubectl("delete", "sdb/robbed", "--timeout=60s");
    }

    @Test
    void leavesAnEndpointNameWithTheOlderOfTwoDatabases(Stage stage) {
        stage.createDatabase("shop", "{}");
        var other = new Stage(stage.playground(), stage.namespace().replace("test-", ""));
        stage.playground().kubectl().run("create", "namespace", other.namespace());
        declare(other, "shop-test", "{}");
        assertNotReady(other, "shop-test", "EndpointTaken", stage.namespace() + "/shop");
        assertThat(RailwayView.of(stage).services("shop-test")).isEmpty();
        awaitReady(stage, "shop");

        stage.kubectl("delete", "sdb/shop", "--timeout=60s");
        nudge(other, "shop-test");
        awaitReady(other, "shop-test");
    }

    private static void declare(Stage stage, String name, String spec) {
        stage.apply("""
                apiVersion: railway-postgres.dev/v1alpha1
                kind: ServerlessDatabase
                metadata: {name: %s}
                spec: %s
                """.formatted(name, spec));
    }

    private static void putToken(Stage stage, String token) {
        stage.apply("""
                apiVersion: v1
                kind: Secret
                metadata: {name: own-token}
                stringData: {token: "%s"}
                """.formatted(token));
    }

    private static void assertNotReady(Stage stage, String database, String reason, String cure) {
        var ready = ".status.conditions[?(@.type==\"Ready\")]";
        eventually(() -> {
            assertThat(stage.field(database, ready + ".status")).isEqualTo("False");
            assertThat(stage.field(database, ready + ".reason")).isEqualTo(reason);
        });
        assertThat(stage.field(database, ready + ".message")).contains(cure);
    }

    /** What only a person can cure is tried again when that person touches the resource, else every few minutes. */
    private static void nudge(Stage stage, String database) {
        stage.kubectl(
                "patch", "sdb/" + database, "--type=merge", "-p", "{\"spec\":{\"suspend\":{\"afterIdle\":\"2s\"}}}");
    }

    private static void awaitReady(Stage stage, String database) {
        stage.kubectl("wait", "--for=condition=Ready", "sdb/" + database, "--timeout=90s");
    }
}
