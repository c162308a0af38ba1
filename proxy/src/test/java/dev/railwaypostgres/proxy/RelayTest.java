package dev.railwaypostgres.proxy;

import static dev.railwaypostgres.proxy.ProxyFixture.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.railwaypostgres.postgres.Bytes;
import dev.railwaypostgres.postgres.TransactionStatus;
import dev.railwaypostgres.postgres.message.BackendMessage;
import dev.railwaypostgres.postgres.message.BackendMessage.CopyResponse;
import dev.railwaypostgres.postgres.message.CopyData;
import dev.railwaypostgres.postgres.message.CopyDone;
import dev.railwaypostgres.postgres.message.Format;
import dev.railwaypostgres.proxy.route.Route.Readiness;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes on while a session has a server. */
class RelayTest {
    private static final long MEGABYTE = 1 << 20;

    private ProxyFixture fixture;

    @BeforeEach
    void start() throws Exception {
        fixture = new ProxyFixture();
        fixture.server.wake();
        fixture.phase(Readiness.AWAKE);
    }

    @AfterEach
    void stop() throws Exception {
        fixture.close();
    }

    @Test
    void cancelsWhatRuns() throws Exception {
        try (var client = new RawClient(fixture.proxy.port())) {
            client.logIn();
            client.sendQuery("SLEEP");
            Eventually.holds("the statement runs", () -> fixture.server.statements.contains("SLEEP"));
            client.cancelFromElsewhere();
            assertThat(client.readError()).isEqualTo("57014");
            assertThat(client.answer()).isEqualTo("Z");
            assertThat(client.query("SELECT now")).isEqualTo("TDCZ");
        }
        assertThat(fixture.server.cancels).hasValue(1);
    }

    @Test
    void keepsLittleOfABigResultForASlowReader() throws Exception {
        try (var client = new RawClient(fixture.proxy.port())) {
            client.logIn();
            client.query("SELECT warm");
            long before = KeptMemory.now();
            client.sendQuery("BIG 100000");
            Eventually.holds("the answer begins", () -> client.message() != null);
            long most = 0;
            for (int row = 0; row < 20_000; row++) {
                client.message();
                most = Math.max(most, KeptMemory.now() - before);
            }
            assertThat(most).isLessThan(32 * MEGABYTE);
            assertThat(client.answer()).endsWith("CZ");
        }
    }

    /** Ten times what all sockets on the way can hold. */
    @Test
    void passesACopyAtThePaceOfItsReader() throws Exception {
        int lines = 200_000;
        var line = new CopyData(Bytes.of("x".repeat(1000)));
        var sent = new AtomicInteger();
        fixture.server.answers.put("COPY t TO STDOUT", session -> {
            session.send(new CopyResponse(CopyResponse.Direction.OUT, Format.TEXT, List.of()));
            while (sent.getAndIncrement() < lines) {
                session.send(line);
            }
            session.send(
                    new CopyDone(),
                    new BackendMessage.CommandComplete("COPY " + lines),
                    new BackendMessage.ReadyForQuery(TransactionStatus.IDLE));
        });
        try (var client = new RawClient(fixture.proxy.port())) {
            client.logIn();
            client.query("SELECT warm");
            client.sendQuery("COPY t TO STDOUT");
            assertThat(client.message()).isInstanceOf(CopyResponse.class);
            long before = KeptMemory.now();
            long most = 0;
            for (int pause = 0; pause < 10; pause++) {
                assertThat(client.message()).isEqualTo(line);
                untilItStandsStill(sent);
                most = Math.max(most, KeptMemory.now() - before);
            }
            assertThat(sent).hasValueLessThan(lines / 2);
            assertThat(most).isLessThan(8 * MEGABYTE);
            assertThat(client.answer()).endsWith("dcCZ");
        }
    }

    private static void untilItStandsStill(AtomicInteger counter) throws Exception {
        var before = new AtomicInteger(-1);
        var since = new AtomicLong();
        Eventually.holds("no more is sent", () -> {
            int now = counter.get();
            if (before.getAndSet(now) != now) {
                since.set(System.nanoTime());
            }
            return System.nanoTime() - since.get() > 100_000_000;
        });
    }

    @Test
    void sharesFewServerConnectionsAmongManySessions() throws Exception {
        fixture.pooling(ProxyFixture.limits(2, 100, Duration.ofSeconds(10)), Readiness.AWAKE);
        try (var first = fixture.connect();
                var second = fixture.connect();
                var third = fixture.connect()) {
            for (int round = 0; round < 3; round++) {
                assertThat(ask(first, "SELECT a")).isEqualTo("answer to SELECT a");
                assertThat(ask(second, "SELECT b")).isEqualTo("answer to SELECT b");
                assertThat(ask(third, "SELECT c")).isEqualTo("answer to SELECT c");
            }
            assertThat(fixture.server.open()).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void refusesWhoeverWaitsTooLongForAServerConnection() throws Exception {
        fixture.pooling(ProxyFixture.limits(1, 100, Duration.ofSeconds(1)), Readiness.AWAKE);
        try (var first = fixture.connect();
                var second = fixture.connect()) {
            first.setAutoCommit(false);
            ask(first, "SELECT a");
            assertThatThrownBy(() -> ask(second, "SELECT b"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            problem -> assertThat(problem.getSQLState()).isEqualTo("53300"));
            first.commit();
            assertThat(ask(second, "SELECT b")).isEqualTo("answer to SELECT b");
        }
    }

    @Test
    void refusesMoreClientsThanAreAllowed() throws Exception {
        fixture.pooling(ProxyFixture.limits(1, 1, Duration.ofSeconds(1)), Readiness.AWAKE);
        try (var first = fixture.connect()) {
            assertThat(first.isClosed()).isFalse();
            assertThatThrownBy(fixture::connect)
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            problem -> assertThat(problem.getSQLState()).isEqualTo("53300"));
        }
    }

    @Test
    void drainsWithoutCuttingATransaction() throws Exception {
        try (var busy = fixture.connect();
                var quiet = new RawClient(fixture.proxy.port());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            busy.setAutoCommit(false);
            ask(busy, "SELECT 1st");
            quiet.logIn();
            var drained = threads.submit(() -> {
                fixture.proxy.drain();
                return true;
            });
            assertThat(quiet.readError()).isEqualTo("57P01");
            assertThat(ask(busy, "SELECT 2nd")).isEqualTo("answer to SELECT 2nd");
            busy.commit();
            assertThat(drained.get(5, TimeUnit.SECONDS)).isTrue();
            assertThatThrownBy(fixture::connect).isInstanceOf(SQLException.class);
        }
        assertThat(fixture.server.statements).contains("COMMIT");
    }
}
