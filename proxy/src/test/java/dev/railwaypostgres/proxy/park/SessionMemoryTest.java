package dev.railwaypostgres.proxy.park;

import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.postgres.Bytes;
import dev.railwaypostgres.postgres.TransactionStatus;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionMemoryTest {
    private final SessionMemory memory = new SessionMemory();

    private void run(String text, TransactionStatus after, String... tags) {
        memory.query(text);
        List.of(tags).forEach(memory::commandComplete);
        memory.ready(after);
    }

    private void run(String text, String... tags) {
        run(text, TransactionStatus.IDLE, tags);
    }

    @Test
    void keepsTheLastValueOfASetting() {
        run("SET work_mem = '1MB'", "SET");
        run("SET search_path TO a, b", "SET");
        run("SET work_mem = '2MB'", "SET");
        assertThat(memory.settings()).containsExactly("SET search_path TO a, b", "SET work_mem TO '2MB'");
    }

    @Test
    void writesTheSpecialFormsAsTheyMustBe() {
        run("SET TIME ZONE 'UTC'; SET ROLE reader; SET my.Name = 'x'", "SET", "SET", "SET");
        assertThat(memory.settings()).containsExactly("SET TIME ZONE 'UTC'", "SET ROLE reader", "SET my.name TO 'x'");
    }

    @Test
    void forgetsASettingThatFailed() {
        memory.query("SET work_mem = 'nonsense'");
        memory.error();
        memory.ready(TransactionStatus.IDLE);
        assertThat(memory.settings()).isEmpty();
    }

    @Test
    void keepsASettingOnlyWhenItsTransactionCommits() {
        run("BEGIN", TransactionStatus.IN_TRANSACTION, "BEGIN");
        run("SET work_mem = '1MB'", TransactionStatus.IN_TRANSACTION, "SET");
        assertThat(memory.settings()).isEmpty();
        run("COMMIT", "COMMIT");
        assertThat(memory.settings()).hasSize(1);
    }

    @Test
    void forgetsASettingThatWasRolledBack() {
        run("BEGIN; SET work_mem = '1MB'", TransactionStatus.IN_TRANSACTION, "BEGIN", "SET");
        run("ROLLBACK", "ROLLBACK");
        assertThat(memory.settings()).isEmpty();
    }

    @Test
    void blocksWhenASavepointLeavesItUncertain() {
        run("BEGIN; SET work_mem = '1MB'", TransactionStatus.IN_TRANSACTION, "BEGIN", "SET");
        run("ROLLBACK TO SAVEPOINT s", TransactionStatus.IN_TRANSACTION, "ROLLBACK");
        assertThat(memory.blocker()).isEqualTo(ParkBlocker.SETTING);
    }

    @Test
    void takesNoNoticeOfSettingsOfATransaction() {
        run("SET LOCAL work_mem = '1MB'", "SET");
        assertThat(memory.settings()).isEmpty();
        assertThat(memory.blocker()).isNull();
    }

    @Test
    void resetsSettings() {
        run("SET work_mem = '1MB'", "SET");
        run("SET search_path TO a", "SET");
        run("RESET work_mem", "RESET");
        assertThat(memory.settings()).containsExactly("SET search_path TO a");
        run("SET search_path TO DEFAULT", "SET");
        assertThat(memory.settings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CREATE TEMP TABLE t (i int)|TEMPORARY_OBJECT",
                "SELECT 1 AS i INTO TEMP t|TEMPORARY_OBJECT",
                "LISTEN news|LISTEN",
                "DECLARE c CURSOR WITH HOLD FOR SELECT 1|HELD_CURSOR",
                "PREPARE p AS SELECT 1|SQL_PREPARE",
                "SELECT pg_advisory_lock(1)|ADVISORY_LOCK",
                "SELECT set_config('a.b', 'c', false)|SETTING",
                "LOAD 'auto_explain'|LOADED_LIBRARY"
            })
    void knowsWhatCannotBeMadeAgain(String text, ParkBlocker blocker) {
        run(text, "ANYTHING");
        assertThat(memory.blocker()).isEqualTo(blocker);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CREATE TEMP TABLE t (i int) ON COMMIT DROP",
                "SELECT pg_advisory_xact_lock(1)",
                "DECLARE c CURSOR FOR SELECT 1",
                "INSERT INTO t VALUES ('LISTEN news')",
                "SELECT nextval('s')"
            })
    void knowsWhatLeavesNothingBehind(String text) {
        run(text, "ANYTHING");
        assertThat(memory.blocker()).isNull();
    }

    @Test
    void isFreeAgainAfterDiscardAll() {
        run("LISTEN news", "LISTEN");
        run("SET work_mem = '1MB'", "SET");
        run("DISCARD ALL", "DISCARD ALL");
        assertThat(memory.blocker()).isNull();
        assertThat(memory.settings()).isEmpty();
    }

    @Test
    void keepsOnlyStatementsThatTheServerHasAccepted() {
        memory.parse("good", "SELECT 1", Bytes.of("good"));
        memory.parse("bad", "SELEC 1", Bytes.of("bad"));
        memory.round();
        memory.parseComplete();
        memory.error();
        memory.ready(TransactionStatus.IDLE);
        assertThat(memory.statements()).containsExactly(Bytes.of("good"));
    }

    @Test
    void forgetsAClosedStatement() {
        memory.parse("one", "SELECT 1", Bytes.of("one"));
        memory.close("one");
        memory.round();
        memory.parseComplete();
        memory.closeComplete();
        memory.ready(TransactionStatus.IDLE);
        assertThat(memory.statements()).isEmpty();
    }

    @Test
    void forgetsTheUnnamedStatementAtTheNextSimpleQuery() {
        memory.parse("", "SELECT 1", Bytes.of("unnamed"));
        memory.round();
        memory.parseComplete();
        memory.ready(TransactionStatus.IDLE);
        assertThat(memory.statements()).hasSize(1);
        run("SELECT 2", "SELECT 1");
        assertThat(memory.statements()).isEmpty();
    }

    @Test
    void keepsASettingMadeByTheExtendedProtocol() {
        memory.parse("", "SET work_mem = '1MB'", Bytes.of("set"));
        assertThat(memory.wantsBinds()).isTrue();
        memory.bind("");
        memory.round();
        memory.parseComplete();
        memory.commandComplete("SET");
        memory.ready(TransactionStatus.IDLE);
        assertThat(memory.settings()).containsExactly("SET work_mem TO '1MB'");
    }

    @Test
    void cannotParkAfterAStatementThatItCouldNotRead() {
        memory.unread((byte) 'Q');
        memory.ready(TransactionStatus.IDLE);
        assertThat(memory.blocker()).isEqualTo(ParkBlocker.UNREAD_STATEMENT);
    }
}
