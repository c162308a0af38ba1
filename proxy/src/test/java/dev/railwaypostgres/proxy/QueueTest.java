package dev.railwaypostgres.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.proxy.route.Route.Readiness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that wait for the one server connection of a pool. */
class QueueTest {
    private static final int CLIENTS = 60;

    private ProxyFixture fixture;

    @BeforeEach
    void start() throws Exception {
        fixture = new ProxyFixture();
        fixture.pooling(ProxyFixture.limits(1, 1_000, Duration.ofSeconds(10)), Readiness.AWAKE);
        fixture.server.wake();
    }

    @AfterEach
    void stop() throws Exception {
        fixture.close();
    }

    private RawClient client() throws Exception {
        var client = new RawClient(fixture.proxy.port());
        client.logIn();
        return client;
    }

    /** Whatever was sent before has been read when a client that needs no server has its answer. */
    private static void untilAllIsRead(RawClient other) throws Exception {
        other.query("");
        other.query("");
    }

    @Test
    void servesThemInTheOrderInWhichTheyCame() throws Exception {
        var waiting = new ArrayList<RawClient>();
        try (var holder = client();
                var other = client()) {
            holder.query("BEGIN");
            holder.query("SELECT first");
            for (int i = 0; i < CLIENTS; i++) {
                var next = client();
                waiting.add(next);
                next.sendQuery("SELECT of " + i);
                untilAllIsRead(other);
            }
            holder.query("COMMIT");
            for (var next : waiting) {
                assertThat(next.answer()).isEqualTo("TDCZ");
            }
        } finally {
            for (var next : waiting) {
                next.close();
            }
        }
        assertThat(statements("SELECT of "))
                .isEqualTo(IntStream.range(0, CLIENTS)
                        .mapToObj(i -> "SELECT of " + i)
                        .toList());
    }

    @Test
    void grantsNothingToWhoeverHasLeft() throws Exception {
        try (var holder = client();
                var other = client();
                var patient = client()) {
            holder.query("BEGIN");
            holder.query("SELECT first");
            for (int i = 0; i < 20; i++) {
                var leaving = client();
                leaving.sendQuery("SELECT too late");
                untilAllIsRead(other);
                leaving.close();
            }
            patient.sendQuery("SELECT of the patient");
            untilAllIsRead(other);
            holder.query("COMMIT");
            assertThat(patient.answer()).isEqualTo("TDCZ");
        }
        assertThat(statements("SELECT too late")).isEmpty();
    }

    @Test
    void cancelsTheWaitAndNothingElse() throws Exception {
        try (var holder = client();
                var waiting = client();
                var other = client()) {
            holder.query("BEGIN");
            holder.query("SELECT first");
            waiting.sendQuery("SELECT never");
            untilAllIsRead(other);
            waiting.cancelFromElsewhere();
            assertThat(waiting.readError()).isEqualTo("57014");
            assertThat(waiting.answer()).isEqualTo("Z");
            assertThat(holder.query("COMMIT")).isEqualTo("CZ");
            assertThat(waiting.query("SELECT afterwards")).isEqualTo("TDCZ");
        }
        assertThat(fixture.server.cancels).hasValue(0);
        assertThat(statements("SELECT never")).isEmpty();
    }

    @Test
    void keepsTheOrderOfAPipelineThatHasWaited() throws Exception {
        try (var holder = client();
                var waiting = client();
                var other = client()) {
            holder.query("BEGIN");
            holder.query("SELECT first");
            for (int i = 0; i < 5; i++) {
                waiting.sendQuery("SELECT of the pipeline " + i);
            }
            untilAllIsRead(other);
            holder.query("COMMIT");
            for (int i = 0; i < 5; i++) {
                assertThat(waiting.answer()).isEqualTo("TDCZ");
            }
        }
        assertThat(statements("SELECT of the pipeline ")).hasSize(5).isSorted();
    }

    private List<String> statements(String beginning) {
        return fixture.server.statements.stream()
                .filter(statement -> statement.startsWith(beginning))
                .toList();
    }
}
