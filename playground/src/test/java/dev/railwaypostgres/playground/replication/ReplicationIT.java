package dev.railwaypostgres.playground.replication;

import static dev.railwaypostgres.playground.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.railwaypostgres.postgres.Lsn;
import dev.railwaypostgres.postgres.Timeline;
import dev.railwaypostgres.postgres.replication.Login;
import dev.railwaypostgres.postgres.replication.Reason;
import dev.railwaypostgres.postgres.replication.ReplicationConnection;
import dev.railwaypostgres.postgres.replication.ReplicationFailure;
import dev.railwaypostgres.postgres.replication.SlotName;
import dev.railwaypostgres.postgres.replication.StandbyStatus;
import dev.railwaypostgres.postgres.replication.WalEvent;
import dev.railwaypostgres.postgres.replication.WalStream;
import dev.railwaypostgres.postgres.scram.Credentials;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@ValueSource(ints = {15, 16, 17, 18})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReplicationIT {
    private static final SlotName SLOT = new SlotName("archive");
    private static final int SEGMENT = 16 << 20;

    @Parameter
    int major;

    Source source;

    @BeforeParameterizedClassInvocation(injectArguments = false)
    void start(@TempDir Path folder) throws Exception {
        source = Source.start(folder, major);
        eventually(() -> source.sql("CREATE TABLE IF NOT EXISTS item (id int, words text)"));
    }

    @AfterParameterizedClassInvocation(injectArguments = false)
    void stop() {
        source.close();
    }

    @Test
    void tellsWhichServerItIs() throws Exception {
        try (var connection = source.connect()) {
            var identity = connection.identify();
            assertThat(identity.system().toString())
                    .isEqualTo(source.sql("SELECT system_identifier FROM pg_control_system()"));
            assertThat(identity.position().isBefore(source.flushed().plus(1))).isTrue();
            assertThat(connection.show("wal_segment_size")).isEqualTo("16MB");
            assertThat(connection.version() / 10_000).isEqualTo(major);
        }
    }

    @Test
    void runsStatementsOnTheSameConnection() {
        try (var connection = source.connect()) {
            var rows = connection.query("SELECT 1, NULL, 'ä'");
            assertThat(rows).hasSize(1);
            assertThat(rows.getFirst().text(0)).isEqualTo("1");
            assertThat(rows.getFirst().optionalText(1)).isEmpty();
            assertThat(rows.getFirst().text(2)).isEqualTo("ä");
        }
    }

    @Test
    void makesReadsAndDropsASlot() {
        var slot = new SlotName("another");
        try (var connection = source.connect()) {
            assertThat(connection.readSlot(slot)).isEmpty();
            connection.createSlot(slot);
            assertThat(connection.readSlot(slot).orElseThrow().restart()).isPresent();
            assertThat(reasonOf(() -> connection.createSlot(slot))).isEqualTo(Reason.SLOT_EXISTS);
            connection.dropSlot(slot);
            assertThat(reasonOf(() -> connection.dropSlot(slot))).isEqualTo(Reason.NO_SUCH_SLOT);
        }
    }

    @Test
    void receivesTheVeryBytesOfTheLogAndMovesTheSlot() throws Exception {
        var slot = new SlotName("bytes");
        try (var connection = source.connect()) {
            connection.createSlot(slot);
            source.sql("INSERT INTO item SELECT n, repeat(md5(n::text), 10) FROM generate_series(1, 20000) n");
            var end = source.flushed();
            var start = new Lsn(end.value() / SEGMENT * SEGMENT);
            var stream = connection.follow(slot, start, connection.identify().timeline());
            var received = receiveUpTo(end, stream);

            var file = source.data()
                    .resolve("pg_wal")
                    .resolve("%08X%08X%08X"
                            .formatted(
                                    connectionTimeline(),
                                    start.value() >>> 32,
                                    (start.value() & 0xFFFFFFFFL) / SEGMENT));
            assertThat(received).startsWith(firstOf(file, (int) end.bytesSince(start)));
            stream.acknowledge(StandbyStatus.kept(end, end, Instant.now()));
            eventually(() -> assertThat(
                            source.sql("SELECT restart_lsn FROM pg_replication_slots WHERE slot_name = 'bytes'"))
                    .isEqualTo(end.toString()));
            stream.stop();
            connection.dropSlot(slot);
        }
    }

    private int connectionTimeline() {
        try (var connection = source.connect()) {
            return connection.identify().timeline().number();
        }
    }

    @Test
    void answersAPingAndStopsWhenAsked() throws Exception {
        try (var connection = source.connect()) {
            connection.createSlot(SLOT);
            var stream = connection.follow(
                    SLOT, source.flushed(), connection.identify().timeline());
            stream.acknowledge(
                    StandbyStatus.kept(Lsn.INVALID, Lsn.INVALID, Instant.now()).wantingAnswer());
            while (!(stream.next() instanceof WalEvent.KeepAlive)) {
                // What others have written meanwhile.
            }
            stream.stop();
            assertThat(connection.identify().timeline().number()).isPositive();
            connection.dropSlot(SLOT);
        }
    }

    @Test
    void refusesASecondFollowerOfASlot() throws Exception {
        var slot = new SlotName("single");
        try (var first = source.connect();
                var second = source.connect()) {
            first.createSlot(slot);
            var timeline = first.identify().timeline();
            var start = source.flushed();
            var stream = first.follow(slot, start, timeline);
            assertThat(reasonOf(() -> second.follow(slot, start, timeline))).isEqualTo(Reason.SLOT_ACTIVE);
            stream.stop();
            second.dropSlot(slot);
        }
    }

    @Test
    void saysThatAPositionIsAheadOfTheServer() throws Exception {
        try (var connection = source.connect()) {
            connection.createSlot(SLOT);
            var ahead = source.flushed().plus(1L << 40);
            var timeline = connection.identify().timeline();
            assertThat(reasonOf(() -> connection.follow(SLOT, ahead, timeline).next()))
                    .isEqualTo(Reason.NOT_IN_HISTORY);
            connection.dropSlot(SLOT);
        }
    }

    @Test
    void hasNoHistoryOfTheFirstTimeline() {
        try (var connection = source.connect()) {
            assertThat(reasonOf(() -> connection.history(Timeline.FIRST))).isEqualTo(Reason.WAL_MISSING);
        }
    }

    @Test
    void isRefusedWithAWrongPassword() {
        var login = new Login("postgres", new Credentials.Password("wrong"), "app", "archive");
        assertThat(reasonOf(() -> ReplicationConnection.open(source.server(), login)))
                .isEqualTo(Reason.NOT_ALLOWED);
    }

    @Test
    void doesNotTalkWithoutTlsToAServerThatWantsIt() {
        assertThat(reasonOf(() -> ReplicationConnection.open(source.server().unencrypted(), source.login())))
                .isEqualTo(Reason.NOT_ALLOWED);
    }

    @Test
    void followsTheLogToItsEndWhenTheServerStopsAndOnToTheNextTimeline() throws Exception {
        Lsn end = Lsn.INVALID;
        Timeline timeline;
        try (var connection = source.connect()) {
            connection.createSlot(SLOT);
            timeline = connection.identify().timeline();
            var start = source.flushed();
            var stream = connection.follow(SLOT, start, timeline);
            var stopping = Thread.startVirtualThread(source::stop);
            var event = stream.next();
            for (; !(event instanceof WalEvent.ServerStopped); event = stream.next()) {
                if (event instanceof WalEvent.Wal wal) {
                    end = wal.end();
                }
                stream.acknowledge(StandbyStatus.kept(end, end, Instant.now()));
            }
            assertThat(stopping.join(Duration.ofSeconds(20))).isTrue();
            assertThat(start.isBefore(end)).isTrue();
        }
        source.startAgain();
        eventually(() -> source.sql("SELECT 1"));
        source.beginTimeline();
        eventually(() -> assertThat(source.sql("SELECT pg_is_in_recovery()")).isEqualTo("f"));
        goesOnToTheNextTimeline(end, timeline);
    }

    private void goesOnToTheNextTimeline(Lsn end, Timeline old) throws Exception {
        try (var connection = source.connect()) {
            var next = old.next();
            assertThat(connection.identify().timeline()).isEqualTo(next);
            var history = connection.history(next);
            assertThat(history.fileName()).isEqualTo("%08X.history".formatted(next.number()));
            var stream = connection.follow(SLOT, end, old);
            var event = stream.next();
            for (; !(event instanceof WalEvent.TimelineEnded); event = stream.next()) {
                assertThat(event).isNotInstanceOf(WalEvent.ServerStopped.class);
            }
            var ended = (WalEvent.TimelineEnded) event;
            assertThat(ended.next()).isEqualTo(next);
            assertThat(history.content().toText()).contains(old + "\t" + ended.start());

            var atOnce = connection.follow(SLOT, ended.start(), old);
            assertThat(atOnce.next()).isEqualTo(ended);
            var goingOn = connection.follow(SLOT, new Lsn(ended.start().value() / SEGMENT * SEGMENT), next);
            assertThat(receiveUpTo(source.flushed(), goingOn)).isNotEmpty();
            goingOn.stop();
            connection.dropSlot(SLOT);
        }
    }

    private static byte[] receiveUpTo(Lsn end, WalStream stream) throws Exception {
        var received = new ByteArrayOutputStream();
        var position = Lsn.INVALID;
        while (position.isBefore(end)) {
            if (stream.next() instanceof WalEvent.Wal wal) {
                position = wal.end();
                wal.bytes().readBytes(received, wal.bytes().readableBytes());
            }
        }
        return received.toByteArray();
    }

    private static byte[] firstOf(Path file, int length) throws Exception {
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(length);
        }
    }

    private static Reason reasonOf(ThrowingCallable call) {
        return catchThrowableOfType(ReplicationFailure.Refused.class, call).reason();
    }
}
