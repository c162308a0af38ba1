package dev.railwaypostgres.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.postgres.Bytes;
import dev.railwaypostgres.postgres.TransactionStatus;
import dev.railwaypostgres.postgres.message.BackendMessage;
import dev.railwaypostgres.postgres.message.BackendMessage.CopyResponse;
import dev.railwaypostgres.postgres.message.CopyData;
import dev.railwaypostgres.postgres.message.CopyDone;
import dev.railwaypostgres.postgres.message.Format;
import dev.railwaypostgres.postgres.message.FrontendMessage;
import dev.railwaypostgres.proxy.route.Route.Readiness;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sessions of a proxy that is told to end: its patience is one second, and five more for those who are not quiet then. */
class DrainTest {
    private ProxyFixture fixture;
    private ExecutorService threads;

    @BeforeEach
    void start() throws Exception {
        fixture = new ProxyFixture();
        fixture.server.wake();
        fixture.phase(Readiness.AWAKE);
        threads = Executors.newVirtualThreadPerTaskExecutor();
    }

    @AfterEach
    void stop() throws Exception {
        threads.close();
        fixture.close();
    }

    private RawClient client() throws Exception {
        var client = new RawClient(fixture.proxy.port());
        client.logIn();
        return client;
    }

    private Future<Boolean> drain() {
        return threads.submit((Callable<Boolean>) () -> {
            fixture.proxy.drain();
            return true;
        });
    }

    @Test
    void letsARunningStatementFinish() throws Exception {
        var isTime = new CountDownLatch(1);
        fixture.server.answers.put("SELECT slowly", session -> {
            await(isTime);
            session.send(
                    new BackendMessage.CommandComplete("SELECT 0"),
                    new BackendMessage.ReadyForQuery(TransactionStatus.IDLE));
        });
        try (var client = client()) {
            client.sendQuery("SELECT slowly");
            Eventually.holds("the statement runs", () -> fixture.server.statements.contains("SELECT slowly"));
            try (var idle = client()) {
                var drained = drain();
                assertThat(idle.readError()).isEqualTo("57P01");
                isTime.countDown();
                assertThat(client.answer()).isEqualTo("CZ");
                assertThat(client.readError()).isEqualTo("57P01");
                assertThat(client.read()).isEqualTo(-1);
                assertThat(drained.get()).isTrue();
            }
        }
    }

    @Test
    void letsAPipelineThatWasSentFinish() throws Exception {
        var isTime = new CountDownLatch(1);
        fixture.server.answers.put("SELECT slowly", session -> {
            await(isTime);
            session.send(
                    new BackendMessage.CommandComplete("SELECT 0"),
                    new BackendMessage.ReadyForQuery(TransactionStatus.IDLE));
        });
        try (var client = client();
                var idle = client()) {
            client.send(
                    new FrontendMessage.Query("SELECT slowly"),
                    new FrontendMessage.Query("SELECT second"),
                    new FrontendMessage.Query("SELECT third"));
            Eventually.holds("the first statement runs", () -> fixture.server.statements.contains("SELECT slowly"));
            var drained = drain();
            assertThat(idle.readError()).isEqualTo("57P01");
            isTime.countDown();
            assertThat(client.answer()).isEqualTo("CZ");
            assertThat(client.answer()).isEqualTo("TDCZ");
            assertThat(client.answer()).isEqualTo("TDCZ");
            assertThat(client.readError()).isEqualTo("57P01");
            assertThat(drained.get()).isTrue();
        }
    }

    @Test
    void letsACopyFinish() throws Exception {
        fixture.server.answers.put(
                "COPY t FROM STDIN",
                session -> session.send(new CopyResponse(CopyResponse.Direction.IN, Format.TEXT, List.of())));
        try (var client = client();
                var idle = client()) {
            client.sendQuery("COPY t FROM STDIN");
            assertThat(client.message()).isInstanceOf(CopyResponse.class);
            var drained = drain();
            assertThat(idle.readError()).isEqualTo("57P01");
            client.send(new CopyData(Bytes.of("a line\n")), new CopyDone());
            assertThat(client.answer()).isEqualTo("CZ");
            assertThat(client.readError()).isEqualTo("57P01");
            assertThat(drained.get()).isTrue();
        }
    }

    @Test
    void cancelsWhatStillRunsAtTheEndOfItsGrace() throws Exception {
        try (var client = client()) {
            client.sendQuery("SLEEP");
            Eventually.holds("the statement runs", () -> fixture.server.statements.contains("SLEEP"));
            var drained = drain();
            assertThat(client.readError()).isEqualTo("57P01");
            assertThat(client.read()).isEqualTo(-1);
            assertThat(drained.get()).isTrue();
        }
        Eventually.holds(
                "the statement is over", () -> fixture.server.cancels.get() == 1 || fixture.server.open() == 0);
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new IOException("the time has not come");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Test
    void endsATransactionThatIdlesToTheEndOfItsGrace() throws Exception {
        try (var client = client()) {
            client.query("BEGIN");
            client.query("SELECT first");
            var drained = drain();
            assertThat(client.readError()).isEqualTo("57P01");
            assertThat(client.read()).isEqualTo(-1);
            assertThat(drained.get()).isTrue();
        }
        Eventually.holds(
                "the transaction is over",
                () -> fixture.server.open() == 0 || fixture.server.statements.contains("ROLLBACK"));
    }

    @Test
    void tellsAListenerThatItEnds() throws Exception {
        try (var client = client()) {
            client.query("LISTEN news");
            var drained = drain();
            assertThat(client.readError()).isEqualTo("57P01");
            assertThat(client.read()).isEqualTo(-1);
            assertThat(drained.get()).isTrue();
        }
    }
}
