package dev.railwaypostgres.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.postgres.Bytes;
import dev.railwaypostgres.postgres.ErrorFields;
import dev.railwaypostgres.postgres.SqlState;
import dev.railwaypostgres.postgres.TransactionStatus;
import dev.railwaypostgres.postgres.message.BackendEncoder;
import dev.railwaypostgres.postgres.message.BackendMessage;
import dev.railwaypostgres.postgres.message.BackendMessage.ReadyForQuery;
import dev.railwaypostgres.postgres.message.Column;
import dev.railwaypostgres.postgres.message.CopyData;
import dev.railwaypostgres.postgres.message.CopyDone;
import dev.railwaypostgres.proxy.route.Route.Readiness;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Servers that say what no server should. {@code -Dfuzz.seed=7} begins with another nonsense, {@code -Dfuzz.seconds=600} tries
 * more of it.
 */
@ExtendWith(QuietLog.class)
class ServerNonsenseTest {
    private static final long SEED = Long.getLong("fuzz.seed", 1);
    private static final Duration LIMIT = Duration.ofSeconds(Long.getLong("fuzz.seconds", 1));
    private static final String QUESTION = "SELECT something";

    private static final List<BackendMessage> ANSWER = List.of(
            new BackendMessage.RowDescription(List.of(Column.text("answer"))),
            new BackendMessage.DataRow(List.of(Bytes.of("a value"))),
            new BackendMessage.CommandComplete("SELECT 1"),
            new ReadyForQuery(TransactionStatus.IDLE));

    private static final List<BackendMessage> ANY = List.of(
            new BackendMessage.BindComplete(),
            new BackendMessage.CloseComplete(),
            new BackendMessage.CommandComplete("SELECT 1"),
            new BackendMessage.CommandComplete("DISCARD ALL"),
            new BackendMessage.DataRow(List.of(Bytes.of("a value"))),
            new BackendMessage.EmptyQueryResponse(),
            new BackendMessage.ErrorResponse(ErrorFields.error(SqlState.QUERY_CANCELED, "an error")),
            new BackendMessage.NoticeResponse(ErrorFields.notice("a notice")),
            new BackendMessage.NoData(),
            new BackendMessage.NotificationResponse(1, "channel", "payload"),
            new BackendMessage.ParameterStatus("TimeZone", "Asia/Tokyo"),
            new BackendMessage.ParseComplete(),
            new BackendMessage.PortalSuspended(),
            new ReadyForQuery(TransactionStatus.IDLE),
            new ReadyForQuery(TransactionStatus.IN_TRANSACTION),
            new ReadyForQuery(TransactionStatus.FAILED),
            new BackendMessage.RowDescription(List.of(Column.text("answer"))),
            new CopyData(Bytes.of("a line\n")),
            new CopyDone());

    private final Random random = new Random(SEED);
    private ProxyFixture fixture;

    @BeforeEach
    void start() throws Exception {
        fixture = new ProxyFixture();
        fixture.pooling(ProxyFixture.limits(1, 100, Duration.ofSeconds(10)), Readiness.AWAKE);
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

    @Test
    void passesErrorsOnWhateverIsInThem() throws Exception {
        for (var body : List.of(
                "\0",
                "MThere is nothing but a text\0\0",
                "SERROR\0VERROR\0CXX000\0Mtext\0?a field of the future\0\0",
                "SERROR\0VERROR\0CXX000\0Mtwice\0Mtwice\0\0",
                "SERROR\0CXX000\0M" + "long ".repeat(200_000) + "\0\0")) {
            var error = message('E', body.getBytes(StandardCharsets.UTF_8));
            fixture.server.answers.put(
                    QUESTION,
                    session -> session.send(joined(error, encoded(new ReadyForQuery(TransactionStatus.IDLE)))));
            try (var client = client()) {
                client.sendQuery(QUESTION);
                assertThat(client.readBytes(error.length)).isEqualTo(error);
                assertThat(client.answer()).isEqualTo("Z");
                assertThat(client.query("SELECT another")).isEqualTo("TDCZ");
            }
        }
    }

    @Test
    void keepsToItselfWhatAnIdleServerSays() throws Exception {
        try (var client = client()) {
            client.query("SELECT first");
            for (var session : fixture.server.sessions) {
                session.send(
                        new BackendMessage.NoticeResponse(ErrorFields.notice("by the way")),
                        new BackendMessage.ParameterStatus("application_name", ""),
                        new BackendMessage.NotificationResponse(1, "nobody", "listens"));
            }
            assertThat(client.query("SELECT second")).endsWith("TDCZ");
            assertThat(client.query("SELECT third")).isEqualTo("TDCZ");
        }
    }

    @Test
    void partsWithAServerThatAnswersWithoutAQuestion() throws Exception {
        try (var client = client()) {
            client.query("SELECT first");
            var session = fixture.server.sessions.getLast();
            session.send(encoded(ANSWER));
            Eventually.holds("the connection is closed", () -> !session.isOpen());
            assertThat(ask("SELECT second")).isEqualTo("answer to SELECT second");
        }
    }

    @Test
    void nobodyGetsAnAnswerThatWasOneTooMany() throws Exception {
        fixture.server.answers.put(QUESTION, session -> session.send(joined(encoded(ANSWER), encoded(ANSWER))));
        try (var client = client()) {
            client.sendQuery(QUESTION);
            hearToTheEnd(client);
        }
        assertThat(ask("SELECT second")).isEqualTo("answer to SELECT second");
    }

    @Test
    void nobodyElseNoticesAnAnswerThatBreaksOffAtAnyByte() throws Exception {
        var answer = encoded(ANSWER);
        repeat(() -> {
            var part = Arrays.copyOf(answer, random.nextInt(answer.length));
            afterAnAnswerBy(session -> {
                session.send(part);
                session.cut();
            });
        });
    }

    @Test
    void nobodyElseNoticesRandomMessages() throws Exception {
        repeat(() -> {
            var messages = new BackendMessage[1 + random.nextInt(8)];
            Arrays.setAll(messages, _ -> ANY.get(random.nextInt(ANY.size())));
            afterAnAnswerBy(session -> {
                session.send(messages);
                session.cut();
            });
        });
    }

    @Test
    void nobodyElseNoticesRandomBytes() throws Exception {
        repeat(() -> {
            var bytes = new byte[1 + random.nextInt(300)];
            random.nextBytes(bytes);
            if (random.nextBoolean()) {
                bytes[0] = (byte) "TDCZEINSA123nstGHWdcKR".charAt(random.nextInt(22));
            }
            afterAnAnswerBy(session -> {
                session.send(bytes);
                session.cut();
            });
        });
    }

    private interface Trial {
        void run() throws Exception;
    }

    private static void repeat(Trial trial) throws Exception {
        var deadline = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < deadline) {
            trial.run();
        }
    }

    private void afterAnAnswerBy(FakeServer.Answer answer) throws Exception {
        fixture.server.answers.put(QUESTION, answer);
        try (var client = client()) {
            client.sendQuery(QUESTION);
            hearToTheEnd(client);
        }
        assertThat(ask("SELECT of another")).as("-Dfuzz.seed=%d", SEED).isEqualTo("answer to SELECT of another");
    }

    private String ask(String question) throws Exception {
        try (var neighbour = fixture.connect()) {
            return ProxyFixture.ask(neighbour, question);
        }
    }

    /** To a {@code ReadyForQuery} or to the end of the connection; one of them must come. */
    private static void hearToTheEnd(RawClient client) throws IOException {
        try {
            client.answer();
        } catch (EOFException | SocketException _) {
            // Ended.
        }
    }

    private static byte[] message(char tag, byte[] body) {
        return ByteBuffer.allocate(1 + Integer.BYTES + body.length)
                .put((byte) tag)
                .putInt(Integer.BYTES + body.length)
                .put(body)
                .array();
    }

    private static byte[] encoded(BackendMessage message) {
        return encoded(List.of(message));
    }

    private static byte[] encoded(List<BackendMessage> messages) {
        var out = Unpooled.buffer();
        messages.forEach(message -> BackendEncoder.encode(message, out));
        return ByteBufUtil.getBytes(out);
    }

    private static byte[] joined(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(all::writeBytes);
        return all.toByteArray();
    }
}
