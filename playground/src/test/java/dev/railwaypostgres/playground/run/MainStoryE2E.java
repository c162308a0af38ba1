package dev.railwaypostgres.playground.run;

import static dev.railwaypostgres.playground.Eventually.eventually;
import static dev.railwaypostgres.playground.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.playground.simulator.railway.RailwaySimulator.ServiceStatus;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The story that the README tells, with the real kubectl and the real psql. */
@ExtendWith(PlaygroundExtension.class)
class MainStoryE2E {
    /** Kubernetes looks every 30 s what kinds of resources there are, and collects the garbage of those that it knows. */
    private static final Duration GARBAGE_COLLECTION = Duration.ofSeconds(90);

    @Test
    void aSessionStaysOpenWhileItsDatabaseSleepsAndWakesItWithTheNextStatement(Stage stage) {
        stage.applyExample("database.yaml");
        stage.kubectl("wait", "--for=condition=Ready", "sdb/orders", "--timeout=90s");
        assertThat(stage.kubectl("get", "sdb")).contains("orders", "True", "Active", "127.0.0.1");

        var service = stage.service("orders").orElseThrow();
        assertThat(service.status()).isEqualTo("SUCCESS");
        try (var psql = stage.psql("orders")) {
            assertThat(psql.ask("SELECT 'awake';")).isEqualTo("awake");
            psql.type("CREATE TABLE items AS SELECT generate_series(1, 1000) AS id;");
            fallAsleep(stage, service);
            assertThat(psql.isOpen()).isTrue();
            assertThat(stage.kubectl("get", "sdb")).contains("True", "Suspended");

            assertThat(psql.ask("SELECT count(*) FROM items;")).isEqualTo("1000");
            assertThat(stage.phase("orders")).isIn("Waking", "Active");
            eventually(() -> assertThat(stage.phase("orders")).isEqualTo("Active"));
        }
        assertThat(stage.kubectl("describe", "sdb/orders"))
                .contains("Conditions:", "Ready", "Awake", "Events:", "Suspended", "Active")
                .doesNotContain("Warning", "Stalled");

        stage.kubectl("delete", "sdb/orders", "--timeout=60s");
        assertThat(stage.services()).extracting(ServiceStatus::serviceId).doesNotContain(service.serviceId());
        within(
                GARBAGE_COLLECTION,
                () -> assertThat(stage.kubectl("get", "secrets", "-o", "name")).doesNotContain("orders"));
    }

    /** The example's idle time is made for people who watch. */
    private static void fallAsleep(Stage stage, ServiceStatus service) {
        stage.kubectl("patch", "sdb/orders", "--type=merge", "-p", "{\"spec\":{\"suspend\":{\"afterIdle\":\"2s\"}}}");
        within(Duration.ofSeconds(60), () -> assertThat(stage.phase("orders")).isEqualTo("Suspended"));
        eventually(() -> assertThat(stage.services())
                .filteredOn(found -> found.serviceId().equals(service.serviceId()))
                .extracting(ServiceStatus::status)
                .containsExactly("STOPPED"));
    }
}
