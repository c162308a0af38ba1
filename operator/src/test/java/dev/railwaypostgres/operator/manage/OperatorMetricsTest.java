package dev.railwaypostgres.operator.manage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.crds.v1alpha1.Phase;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabaseStatus;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabaseStatus.Sleep;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabaseStatus.Wake;
import dev.railwaypostgres.railway.CallListener.Call;
import dev.railwaypostgres.railway.Priority;
import dev.railwaypostgres.railway.RailwayException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OperatorMetricsTest {
    private final OperatorMetrics metrics = new OperatorMetrics();

    @Test
    void timesWakes() {
        metrics.onWritten(status(Phase.WAKING), status(Phase.ACTIVE));
        metrics.onWritten(status(Phase.ACTIVE), status(Phase.ACTIVE));

        assertThat(metrics.scrape())
                .contains("railway_postgres_wakes_seconds_count 1", "railway_postgres_wakes_seconds_sum 2.5");
    }

    @Test
    void countsSuspendsByReason() {
        metrics.onWritten(status(Phase.SUSPENDING), status(Phase.SUSPENDED));

        assertThat(metrics.scrape()).contains("railway_postgres_suspends_total{reason=\"Idle\"} 1.0");
    }

    @Test
    void timesCallsByOperationAndOutcome() {
        metrics.onCall(call(Optional.empty()));
        metrics.onCall(call(Optional.of(new RailwayException.Transient("504"))));

        assertThat(metrics.scrape())
                .contains("railway_postgres_railway_calls_seconds_count{operation=\"Deploy\",outcome=\"Done\"} 1")
                .contains("railway_postgres_railway_calls_seconds_count{operation=\"Deploy\",outcome=\"Transient\"} 1")
                .contains("railway_postgres_railway_calls_queued_seconds_count{priority=\"WAKE\"} 2");
    }

    @Test
    void countsDatabasesByPhase() {
        metrics.watchPhases(() -> Stream.of(Phase.SUSPENDED, Phase.SUSPENDED, Phase.ACTIVE));

        assertThat(metrics.scrape())
                .contains("railway_postgres_databases{phase=\"Suspended\"} 2.0")
                .contains("railway_postgres_databases{phase=\"Active\"} 1.0")
                .contains("railway_postgres_databases{phase=\"Waking\"} 0.0");
    }

    @Test
    void servesThemWithTheProbes() throws Exception {
        var ready = new AtomicBoolean();
        try (var server = new ManagementServer(0, ready::get, metrics::scrape);
                var http = HttpClient.newHttpClient()) {
            assertThat(status(http, server, "/livez")).isEqualTo(200);
            assertThat(status(http, server, "/readyz")).isEqualTo(503);
            ready.set(true);
            assertThat(status(http, server, "/readyz")).isEqualTo(200);
            assertThat(status(http, server, "/metrics")).isEqualTo(200);
        }
    }

    private static int status(HttpClient http, ManagementServer server, String path) throws Exception {
        var uri = URI.create("http://127.0.0.1:" + server.port() + path);
        return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
                .statusCode();
    }

    private static Call call(Optional<RailwayException> failure) {
        return new Call("Deploy", Priority.WAKE, Duration.ofMillis(1), Duration.ofMillis(20), failure);
    }

    private static ServerlessDatabaseStatus status(Phase phase) {
        var wake = new Wake("2026-11-24T06:00:00Z", "app/psql/10.0.0.1:5555", "2.5s");
        var sleep = new Sleep(null, "Idle", null, null, null, List.of(), null, wake);
        return new ServerlessDatabaseStatus(
                1L, phase, null, null, null, null, null, sleep, null, List.of(), null, List.of());
    }
}
