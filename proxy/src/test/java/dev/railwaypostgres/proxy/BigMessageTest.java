package dev.railwaypostgres.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.postgres.TransactionStatus;
import dev.railwaypostgres.postgres.message.BackendMessage;
import dev.railwaypostgres.proxy.route.Route.Readiness;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages that are larger than what the proxy would ever keep. */
class BigMessageTest {
    private static final int MEGABYTE = 1 << 20;
    private static final int SIZE = 128 * MEGABYTE;

    /** The scripted server, unlike the proxy, does keep it. */
    private static final int STATEMENT_SIZE = 32 * MEGABYTE;

    private static final long MOST_KEPT = 16L * MEGABYTE;
    private static final String QUESTION = "SELECT a large row";

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
    void passesARowWithoutKeepingIt() throws Exception {
        fixture.server.answers.put(QUESTION, BigMessageTest::sendOneRow);
        try (var client = new RawClient(fixture.proxy.port())) {
            client.logIn();
            client.query("SELECT first");
            long before = KeptMemory.now();
            client.sendQuery(QUESTION);
            assertThat(client.readBytes(11)).startsWith('D');
            long most = 0;
            for (int megabyte = 0; megabyte < SIZE / MEGABYTE; megabyte++) {
                assertThat(client.readBytes(MEGABYTE)).hasSize(MEGABYTE);
                most = Math.max(most, KeptMemory.now() - before);
            }
            assertThat(client.answer()).isEqualTo("CZ");
            assertThat(most).isLessThan(MOST_KEPT);
        }
    }

    private static void sendOneRow(FakeServerSession session) throws IOException {
        session.send(ByteBuffer.allocate(11)
                .put((byte) 'D')
                .putInt(10 + SIZE)
                .putShort((short) 1)
                .putInt(SIZE)
                .array());
        var part = new byte[MEGABYTE];
        for (int sent = 0; sent < SIZE; sent += part.length) {
            session.send(part);
        }
        session.send(
                new BackendMessage.CommandComplete("SELECT 1"),
                new BackendMessage.ReadyForQuery(TransactionStatus.IDLE));
    }

    @Test
    void passesAStatementWithoutKeepingIt() throws Exception {
        try (var client = new RawClient(fixture.proxy.port())) {
            client.logIn();
            client.query("SELECT first");
            long before = KeptMemory.now();
            client.send(ByteBuffer.allocate(5)
                    .put((byte) 'Q')
                    .putInt(4 + STATEMENT_SIZE + 1)
                    .array());
            var part = "x".repeat(MEGABYTE).getBytes(StandardCharsets.US_ASCII);
            long most = 0;
            for (int sent = 0; sent < STATEMENT_SIZE; sent += part.length) {
                client.send(part);
                most = Math.max(most, KeptMemory.now() - before);
            }
            client.send((byte) 0);
            assertThat(client.answer()).isEqualTo("DCZ");
            assertThat(most).isLessThan(MOST_KEPT);
        }
    }
}
