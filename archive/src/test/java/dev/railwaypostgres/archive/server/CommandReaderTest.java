package dev.railwaypostgres.archive.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.railwaypostgres.postgres.Lsn;
import dev.railwaypostgres.postgres.Timeline;
import dev.railwaypostgres.postgres.replication.BackupOptions;
import dev.railwaypostgres.postgres.replication.ReplicationCommand;
import dev.railwaypostgres.postgres.replication.SlotName;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CommandReaderTest {
    static Stream<ReplicationCommand> commands() {
        var slot = new SlotName("pg_basebackup_42");
        return Stream.of(
                new ReplicationCommand.IdentifySystem(),
                new ReplicationCommand.Show("wal_segment_size"),
                new ReplicationCommand.CreateSlot(slot, true),
                new ReplicationCommand.CreateSlot(slot, false),
                new ReplicationCommand.ReadSlot(slot),
                new ReplicationCommand.History(new Timeline(2)),
                new ReplicationCommand.StartReplication(slot, Lsn.parse("0/2000000"), new Timeline(1)),
                new ReplicationCommand.StartReplication(null, Lsn.parse("16/B374D848"), null));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void readsWhatOurOwnClientWrites(ReplicationCommand command) throws Refusal {
        assertThat(CommandReader.read(command.text())).isEqualTo(command);
    }

    @Test
    void readsWhatPgBasebackupAsksFor() throws Refusal {
        var text = "BASE_BACKUP ( LABEL 'pg_basebackup base backup',  PROGRESS,  WAL,  CHECKPOINT 'fast',"
                + "  WAIT 0,  MANIFEST 'yes',  TARGET 'client')";
        assertThat(CommandReader.read(text))
                .isEqualTo(new ReplicationCommand.BaseBackup(new BackupOptions("", false, true, true, true, 0)));
        assertThat(CommandReader.read("CREATE_REPLICATION_SLOT \"pg_basebackup_42\" TEMPORARY PHYSICAL ( RESERVE_WAL)"))
                .isEqualTo(new ReplicationCommand.CreateSlot(new SlotName("pg_basebackup_42"), true));
        assertThat(CommandReader.read("START_REPLICATION SLOT \"pg_basebackup_42\" 0/2000000 TIMELINE 1;"))
                .isEqualTo(new ReplicationCommand.StartReplication(
                        new SlotName("pg_basebackup_42"), Lsn.parse("0/2000000"), new Timeline(1)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        SELECT 1                                          | 0A000
        START_REPLICATION SLOT x LOGICAL 0/1              | 0A000
        BASE_BACKUP (TARGET 'server', TARGET_DETAIL '/x') | 0A000
        BASE_BACKUP (COMPRESSION 'gzip')                  | 0A000
        BASE_BACKUP (INCREMENTAL)                         | 0A000
        BASE_BACKUP (LABEL 'x'                            | 42601
        START_REPLICATION 0                               | 42601
        TIMELINE_HISTORY 0                                | 42601
        IDENTIFY_SYSTEM now                               | 42601
        FETCH_ALL                                         | 42601
        SHOW                                              | 42601
        LABEL 'never ends                                 | 42601
        """)
    void refusesWhatIsNotServed(String text, String sqlState) {
        var refusal = catchThrowableOfType(Refusal.class, () -> CommandReader.read(text));
        assertThat(refusal.fields().sqlState().code()).isEqualTo(sqlState);
    }
}
