package dev.railwaypostgres.proxy.park;

import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.postgres.Bytes;
import dev.railwaypostgres.postgres.TransactionStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionMemoryTest {
    private final SessionMemory memory = new SessionMemory(Settings.ofApplication("app"));

    private void run(String text, TransactionStatus after, String... tags) {
        var sequel = memory.run(SessionEffects.of(text), true);
        for (var tag : tags) {
            if (sequel != null) {
                sequel.commandCompleted(tag);
            }
            memory.commandCompleted(tag);
        }
        if (sequel != null) {
            sequel.done();
        }
        memory.ready(after);
    }

    private void run(String text, String... tags) {
        run(text, TransactionStatus.IDLE, tags);
    }

    private void runInTransaction(String text, String... tags) {
        run(text, TransactionStatus.IN_TRANSACTION, tags);
    }

    private List<String> settings() {
        return memory.settings().statements().values().stream()
                .filter(statement -> !statement.contains("application_name"))
                .toList();
    }

    @Test
    void keepsTheLastValueOfASetting() {
        run("SET work_mem = '1MB'", "SET");
        run("SET search_path TO a, b", "SET");
        run("SET work_mem = '2MB'", "SET");
        assertThat(settings()).containsExactly("SET search_path TO a, b", "SET work_mem TO '2MB'");
    }

    @Test
    void writesTheSpecialFormsAsTheyMustBe() {
        run("SET TIME ZONE 'UTC'; SET ROLE reader; SET my.Name = 'x'", "SET", "SET", "SET");
        assertThat(settings()).containsExactly("SET TIME ZONE 'UTC'", "SET ROLE reader", "SET my.name TO 'x'");
    }

    @Test
    void keepsWhatTransactionsBeginWith() {
        run("SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL SERIALIZABLE, READ ONLY", "SET");
        assertThat(settings())
                .containsExactlyInAnyOrder(
                        "SET default_transaction_isolation TO 'serializable'",
                        "SET default_transaction_read_only TO on");
        assertThat(memory.pin()).isNull();
    }

    @Test
    void forgetsASettingThatFailed() {
        var sequel = memory.run(SessionEffects.of("SET work_mem = 'nonsense'"), true);
        assertThat(sequel).isNotNull();
        memory.error();
        memory.ready(TransactionStatus.IDLE);
        assertThat(settings()).isEmpty();
    }

    @Test
    void keepsASettingOnlyWhenItsTransactionCommits() {
        runInTransaction("BEGIN", "BEGIN");
        runInTransaction("SET work_mem = '1MB'", "SET");
        assertThat(settings()).isEmpty();
        run("COMMIT", "COMMIT");
        assertThat(settings()).hasSize(1);
    }

    @Test
    void forgetsASettingThatWasRolledBack() {
        runInTransaction("BEGIN; SET work_mem = '1MB'", "BEGIN", "SET");
        run("ROLLBACK", "ROLLBACK");
        assertThat(settings()).isEmpty();
    }

    @Test
    void goesBackToASavepoint() {
        runInTransaction("BEGIN; SET work_mem = '1MB'; SAVEPOINT s", "BEGIN", "SET", "SAVEPOINT");
        runInTransaction("SET work_mem = '2MB'; SAVEPOINT t", "SET", "SAVEPOINT");
        runInTransaction("SET work_mem = '3MB'; RELEASE t", "SET", "RELEASE");
        runInTransaction("ROLLBACK TO SAVEPOINT s", "ROLLBACK");
        runInTransaction("SET search_path TO a", "SET");
        run("COMMIT", "COMMIT");
        assertThat(settings()).containsExactly("SET work_mem TO '1MB'", "SET search_path TO a");
    }

    @Test
    void takesNoNoticeOfSettingsOfATransaction() {
        run("SET LOCAL work_mem = '1MB'", "SET");
        assertThat(settings()).isEmpty();
        assertThat(memory.pin()).isNull();
    }

    @Test
    void resetsSettings() {
        run("SET work_mem = '1MB'", "SET");
        run("SET search_path TO a", "SET");
        run("RESET work_mem", "RESET");
        assertThat(settings()).containsExactly("SET search_path TO a");
        run("SET search_path TO DEFAULT", "SET");
        assertThat(settings()).isEmpty();
    }

    @Test
    void comesBackToItsOwnNameAndNotItsServers() {
        run("SET application_name = 'other'", "SET");
        run("RESET ALL", "RESET");
        assertThat(memory.settings()).isEqualTo(Settings.ofApplication("app"));
        assertThat(memory.settingsOfServer().statements()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CREATE TEMP TABLE t (i int)|TEMPORARY_OBJECT",
                "SELECT 1 AS i INTO TEMP t|TEMPORARY_OBJECT",
                "DECLARE c CURSOR WITH HOLD FOR SELECT 1|HELD_CURSOR",
                "PREPARE p AS SELECT 1|SQL_PREPARE",
                "SELECT pg_advisory_lock(1)|ADVISORY_LOCK",
                "SELECT set_config('a.b', 'c', false)|UNKNOWN_CALL",
                "SELECT my_function()|UNKNOWN_CALL"
            })
    void suspectsWhatCannotBeMadeAgain(String text, Pin pin) {
        run(text, "ANYTHING");
        assertThat(memory.pin()).isEqualTo(pin);
        assertThat(memory.isInDoubt()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"LISTEN news|LISTEN", "LOAD 'auto_explain'|LOADED_LIBRARY", "SELECT setseed(0.5)|RANDOM_SEED"})
    void isSureOfWhatTheServerCannotTell(String text, Pin pin) {
        run(text, text.substring(0, 6).strip());
        assertThat(memory.pin()).isEqualTo(pin);
        assertThat(memory.isInDoubt()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TEMP TABLE t (i int) ON COMMIT DROP",
                "SELECT pg_advisory_xact_lock(1)",
                "DECLARE c CURSOR FOR SELECT 1",
                "INSERT INTO t VALUES ('LISTEN news')",
                "SELECT nextval('s')"
            })
    void knowsWhatLeavesNothingBehind(String text) {
        run(text, "ANYTHING");
        assertThat(memory.pin()).isNull();
    }

    @Test
    void listensAgainElsewhereUntilItNoLongerDoes() {
        run("LISTEN \"News\"; LISTEN jobs", "LISTEN", "LISTEN");
        assertThat(memory.listenStatements()).containsExactly("LISTEN \"News\"", "LISTEN \"jobs\"");
        run("UNLISTEN \"News\"", "UNLISTEN");
        assertThat(memory.listenStatements()).containsExactly("LISTEN \"jobs\"");
        run("UNLISTEN *", "UNLISTEN");
        assertThat(memory.pin()).isNull();
    }

    @Test
    void isFreeAgainAfterDiscardAll() {
        run("LISTEN news", "LISTEN");
        run("SET work_mem = '1MB'", "SET");
        run("CREATE TEMP TABLE t (i int)", "CREATE TABLE");
        run("DISCARD ALL", "DISCARD ALL");
        assertThat(memory.pin()).isNull();
        assertThat(settings()).isEmpty();
    }

    private static List<@Nullable Bytes> row(String... values) {
        return new ArrayList<@Nullable Bytes>(
                Arrays.stream(values).map(Bytes::of).toList());
    }

    @Test
    void believesTheServerThatNothingIsLeft() {
        run("SELECT pg_advisory_lock(1), my_function()", "SELECT 1");
        var check = memory.check();
        check.row(row("user", "app", "app"));
        check.done();
        assertThat(memory.pin()).isNull();
    }

    @Test
    void learnsFromTheServerWhatAFunctionHasSet() {
        run("SET app.tenant = '1'", "SET");
        run("SELECT my_function(), set_config('app.user', $1, false)", "SELECT 1");
        var check = memory.check();
        assertThat(check.query()).contains("current_setting('app.user', true)");
        check.row(row("setting", "TimeZone", "UTC"));
        check.row(row("setting", "search_path", "\"$user\", public"));
        check.row(row("setting", "app.user", "it's me"));
        check.row(row("user", "reader", "app"));
        check.row(row("channel", "news", ""));
        check.row(row("TEMPORARY_OBJECT", "", ""));
        check.done();
        assertThat(settings())
                .containsExactlyInAnyOrder(
                        "SELECT pg_catalog.set_config('timezone', 'UTC', false)",
                        "SELECT pg_catalog.set_config('search_path', '\"$user\", public', false)",
                        "SELECT pg_catalog.set_config('app.user', 'it''s me', false)",
                        "SET app.tenant TO '1'",
                        "SET ROLE 'reader'");
        assertThat(memory.pin()).isEqualTo(Pin.TEMPORARY_OBJECT);
        assertThat(memory.isInDoubt()).isFalse();
        assertThat(memory.listenStatements()).hasSize(1);
    }

    @Test
    void isInDoubtAgainAfterTheNextStatement() {
        run("CREATE TEMP TABLE t (i int)", "CREATE TABLE");
        var check = memory.check();
        check.row(row("TEMPORARY_OBJECT", "", ""));
        check.done();
        assertThat(memory.isInDoubt()).isFalse();
        run("DROP TABLE t", "DROP TABLE");
        assertThat(memory.isInDoubt()).isTrue();
    }

    @Test
    void keepsItsSuspicionWhenTheServerDoesNotAnswer() {
        run("CREATE TEMP TABLE t (i int)", "CREATE TABLE");
        var check = memory.check();
        check.failed();
        check.done();
        assertThat(memory.pin()).isEqualTo(Pin.TEMPORARY_OBJECT);
        assertThat(memory.isInDoubt()).isFalse();
    }

    @Test
    void cannotLeaveAfterAStatementThatItCouldNotRead() {
        memory.unread();
        assertThat(memory.pin()).isEqualTo(Pin.UNREAD_STATEMENT);
        assertThat(memory.isInDoubt()).isFalse();
    }
}
