package dev.railwaypostgres.postgres.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.railwaypostgres.postgres.ErrorFields;
import dev.railwaypostgres.postgres.Lsn;
import dev.railwaypostgres.postgres.PostgresTime;
import dev.railwaypostgres.postgres.ProtocolViolation;
import dev.railwaypostgres.postgres.SqlState;
import dev.railwaypostgres.postgres.Timeline;
import dev.railwaypostgres.postgres.scram.Credentials;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplicationWordsTest {
    private static final Instant TIME = Instant.parse("2026-11-24T10:11:12.345678Z");
    private static final SlotName SLOT = new SlotName("archive");

    @Test
    void asksForTheLogOfATimelineFromASlot() {
        var command = new ReplicationCommand.StartReplication(SLOT, Lsn.parse("16/B374D848"), new Timeline(3));
        assertThat(command.text()).isEqualTo("START_REPLICATION SLOT archive PHYSICAL 16/B374D848 TIMELINE 3");
    }

    @Test
    void asksForTheLogWithoutASlot() {
        var command = new ReplicationCommand.StartReplication(null, Lsn.parse("0/1"), null);
        assertThat(command.text()).isEqualTo("START_REPLICATION PHYSICAL 0/1");
    }

    @Test
    void asksForABackupThatWaitsForNobody() {
        var options = BackupOptions.labelled("it's").spread().limitedTo(1024);
        assertThat(new ReplicationCommand.BaseBackup(options).text())
                .isEqualTo("BASE_BACKUP (LABEL 'it''s', CHECKPOINT 'spread', WAIT 0, TABLESPACE_MAP,"
                        + " TARGET 'client', MANIFEST 'yes', PROGRESS, MAX_RATE 1024)");
    }

    @Test
    void tellsHowFarItIs() {
        var status = StandbyStatus.kept(new Lsn(3), new Lsn(2), TIME).wantingAnswer();
        var out = Unpooled.buffer();
        status.encode(out);
        assertThat(out.readableBytes()).isEqualTo(34);
        assertThat(StandbyStatus.decode(out)).contains(status);
    }

    @Test
    void doesNotReadOtherWordsOfStandbys() {
        assertThat(StandbyStatus.decode(Unpooled.wrappedBuffer(new byte[] {'h', 1, 2})))
                .isEmpty();
    }

    @Test
    void readsAPieceOfTheLog() {
        var body = Unpooled.buffer().writeByte('w').writeLong(100).writeLong(200);
        body.writeLong(PostgresTime.ofInstant(TIME)).writeBytes(new byte[] {1, 2, 3});
        assertThat(WalEvent.decode(body)).isInstanceOfSatisfying(WalEvent.Wal.class, wal -> {
            assertThat(wal.start()).isEqualTo(new Lsn(100));
            assertThat(wal.end()).isEqualTo(new Lsn(103));
            assertThat(wal.serverEnd()).isEqualTo(new Lsn(200));
            assertThat(wal.serverTime()).isEqualTo(TIME);
            assertThat(ByteBufUtil.getBytes(wal.bytes())).containsExactly(1, 2, 3);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "w", "k12345678", "z", "w123456781234567"})
    void refusesWhatIsNoReplicationMessage(String body) {
        assertThatThrownBy(() -> WalEvent.decode(bytes(body))).isInstanceOf(ProtocolViolation.class);
    }

    @Test
    void readsWhatItWroteOfABackup() {
        var begins = new BackupEvent.ArchiveBegins("16400.tar", "/elsewhere");
        assertThat(copied(begins)).isEqualTo(begins);
        assertThat(copied(new BackupEvent.Progress(7))).isEqualTo(new BackupEvent.Progress(7));
        assertThat(copied(new BackupEvent.ManifestBegins())).isEqualTo(new BackupEvent.ManifestBegins());
        assertThat(copied(new BackupEvent.Content(bytes("abc"))))
                .isInstanceOfSatisfying(
                        BackupEvent.Content.class,
                        content -> assertThat(content.bytes()).isEqualTo(bytes("abc")));
    }

    private static BackupEvent copied(BackupEvent.Copied message) {
        var out = Unpooled.buffer();
        BackupEvent.encode(message, out);
        return BackupEvent.decode(out);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "n", "nbase.tar", "p123", "?"})
    void refusesWhatIsNoBackupMessage(String body) {
        assertThatThrownBy(() -> BackupEvent.decode(bytes(body))).isInstanceOf(ProtocolViolation.class);
    }

    @ParameterizedTest
    @CsvSource({
        "42704, NO_SUCH_SLOT", "42710, SLOT_EXISTS", "55006, SLOT_ACTIVE", "55000, SLOT_LOST", "58P01, WAL_MISSING",
        "XX001, DATA_CORRUPTED", "53300, TOO_MANY_WALSENDERS", "28000, NOT_ALLOWED", "57P03, NOT_NOW", "42601, OTHER"
    })
    void knowsWhatARefusalMeans(String code, Reason reason) {
        assertThat(Reason.of(ErrorFields.error(new SqlState(code), "…"))).isEqualTo(reason);
    }

    @Test
    void writesTimesInMicrosecondsSinceTheYear2000() {
        assertThat(PostgresTime.toInstant(0)).isEqualTo(Instant.parse("2000-01-01T00:00:00Z"));
        assertThat(PostgresTime.toInstant(PostgresTime.ofInstant(TIME))).isEqualTo(TIME);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Archive", "a-b", "a; DROP"})
    void takesNothingForASlotsNameThatIsNone(String name) {
        assertThatThrownBy(() -> new SlotName(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void showsNoPassword() {
        var login = new Login("postgres", new Credentials.Password("secret"), null, "archive");
        assertThat(login.toString()).doesNotContain("secret");
        assertThat(login.startup().parameters()).containsEntry("replication", "true");
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.wrappedBuffer(text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
    }
}
