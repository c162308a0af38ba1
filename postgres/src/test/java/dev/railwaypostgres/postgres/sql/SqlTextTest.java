package dev.railwaypostgres.postgres.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.railwaypostgres.postgres.sql.Statement.Begin;
import dev.railwaypostgres.postgres.sql.Statement.CloseCursor;
import dev.railwaypostgres.postgres.sql.Statement.Commit;
import dev.railwaypostgres.postgres.sql.Statement.CreateTemporary;
import dev.railwaypostgres.postgres.sql.Statement.Deallocate;
import dev.railwaypostgres.postgres.sql.Statement.DeclareCursor;
import dev.railwaypostgres.postgres.sql.Statement.Discard;
import dev.railwaypostgres.postgres.sql.Statement.Execute;
import dev.railwaypostgres.postgres.sql.Statement.Listen;
import dev.railwaypostgres.postgres.sql.Statement.Notify;
import dev.railwaypostgres.postgres.sql.Statement.Other;
import dev.railwaypostgres.postgres.sql.Statement.Prepare;
import dev.railwaypostgres.postgres.sql.Statement.ReleaseSavepoint;
import dev.railwaypostgres.postgres.sql.Statement.Reset;
import dev.railwaypostgres.postgres.sql.Statement.Rollback;
import dev.railwaypostgres.postgres.sql.Statement.RollbackToSavepoint;
import dev.railwaypostgres.postgres.sql.Statement.Savepoint;
import dev.railwaypostgres.postgres.sql.Statement.SelectInteger;
import dev.railwaypostgres.postgres.sql.Statement.SetTransaction;
import dev.railwaypostgres.postgres.sql.Statement.Show;
import dev.railwaypostgres.postgres.sql.Statement.Unlisten;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlTextTest {
    static Stream<Arguments> singleStatements() {
        return Stream.of(
                arguments("BEGIN", new Begin("", false)),
                arguments("begin;", new Begin("", false)),
                arguments(" /* a */ begin -- b\n work ;; -- c", new Begin("", false)),
                arguments("BEGIN TRANSACTION", new Begin("", false)),
                arguments("START TRANSACTION READ ONLY", new Begin("read only", true)),
                arguments(
                        "BEGIN ISOLATION LEVEL SERIALIZABLE, READ ONLY, NOT DEFERRABLE",
                        new Begin("isolation level serializable, read only, not deferrable", false)),
                arguments(
                        "begin isolation level repeatable /* x */ read",
                        new Begin("isolation level repeatable read", false)),
                arguments("begin nonsense", new Other("begin")),
                arguments("begin 'read only'", new Other("begin")),
                arguments("start", new Other("start")),
                arguments("COMMIT", new Commit(false)),
                arguments("end work", new Commit(false)),
                arguments("commit transaction and chain", new Commit(true)),
                arguments("commit and no chain", new Commit(false)),
                arguments("commit prepared 'x'", new Other("commit")),
                arguments("ROLLBACK", new Rollback(false)),
                arguments("abort", new Rollback(false)),
                arguments("rollback and chain", new Rollback(true)),
                arguments("rollback to savepoint x", new RollbackToSavepoint("x")),
                arguments("ROLLBACK WORK TO X", new RollbackToSavepoint("x")),
                arguments("savepoint x", new Savepoint("x")),
                arguments("release x", new ReleaseSavepoint("x")),
                arguments("release savepoint \"X\"", new ReleaseSavepoint("X")),
                arguments("rollback prepared 'x'", new Other("rollback")),
                arguments("SET TimeZone = 'UTC'", set(false, "timezone", "'UTC'")),
                arguments("set session datestyle to iso, mdy", set(false, "datestyle", "iso, mdy")),
                arguments("SET LOCAL work_mem = '64MB'", set(true, "work_mem", "'64MB'")),
                arguments("set x = on -- now", set(false, "x", "on")),
                arguments("set x = a /* first */, b /* then */;", set(false, "x", "a /* first */, b")),
                arguments("set x to default ;", set(false, "x", "default")),
                arguments("set app.tenant_id = 5", set(false, "app.tenant_id", "5")),
                arguments("set \"App\".\"Tenant\" = 5", set(false, "app.tenant", "5")),
                arguments("SET TIME ZONE 'Europe/Berlin'", set(false, "timezone", "'Europe/Berlin'")),
                arguments("set local time zone interval '1' hour", set(true, "timezone", "interval '1' hour")),
                arguments("set names 'utf8'", set(false, "client_encoding", "'utf8'")),
                arguments("set schema 'x'", set(false, "search_path", "'x'")),
                arguments("set role app", set(false, "role", "app")),
                arguments("set local role none", set(true, "role", "none")),
                arguments("set role = app", set(false, "role", "app")),
                arguments("set session authorization app", set(false, "session_authorization", "app")),
                arguments("set local session authorization default", set(true, "session_authorization", "default")),
                arguments("set x = 'a;b'; ", set(false, "x", "'a;b'")),
                arguments("set x =", new Other("set")),
                arguments("set x", new Other("set")),
                arguments("set constraints all deferred", new Other("set")),
                arguments("set transaction read only", new SetTransaction(false, "read only")),
                arguments(
                        "set session characteristics as transaction read only", new SetTransaction(true, "read only")),
                arguments(
                        "set session characteristics as transaction isolation level repeatable read, read write",
                        new SetTransaction(true, "isolation level repeatable read, read write")),
                arguments("SHOW TimeZone", new Show("timezone")),
                arguments("show time zone", new Show("timezone")),
                arguments("show all", new Show("all")),
                arguments("show transaction isolation level", new Show("transaction_isolation")),
                arguments("show session authorization", new Show("session_authorization")),
                arguments("show a.b", new Show("a.b")),
                arguments("show a b", new Other("show")),
                arguments("show", new Other("show")),
                arguments("RESET ALL", new Reset("all")),
                arguments("reset time zone", new Reset("timezone")),
                arguments("reset search_path", new Reset("search_path")),
                arguments("DISCARD ALL", new Discard(Discard.Scope.ALL)),
                arguments("discard plans", new Discard(Discard.Scope.PLANS)),
                arguments("discard sequences", new Discard(Discard.Scope.SEQUENCES)),
                arguments("discard temp", new Discard(Discard.Scope.TEMPORARY)),
                arguments("discard temporary", new Discard(Discard.Scope.TEMPORARY)),
                arguments("discard x", new Other("discard")),
                arguments("LISTEN Jobs", new Listen("jobs")),
                arguments("listen \"Jobs\"", new Listen("Jobs")),
                arguments("unlisten *", new Unlisten("*")),
                arguments("unlisten jobs", new Unlisten("jobs")),
                arguments("notify jobs, 'x'", new Notify("jobs")),
                arguments("PREPARE s (int) AS SELECT $1", new Prepare("s")),
                arguments("prepare transaction 'x'", new Other("prepare")),
                arguments("execute s(1)", new Execute("s")),
                arguments("deallocate s", new Deallocate("s")),
                arguments("deallocate prepare s", new Deallocate("s")),
                arguments("DEALLOCATE ALL", new Deallocate("")),
                arguments("deallocate prepare all", new Deallocate("")),
                arguments("declare c cursor for select 1", new DeclareCursor("c", false)),
                arguments("declare c no scroll cursor with hold for select 1", new DeclareCursor("c", true)),
                arguments("declare c cursor without hold for select 1", new DeclareCursor("c", false)),
                arguments("close c", new CloseCursor("c")),
                arguments("close all", new CloseCursor("")),
                arguments("create temp table t (a int)", new CreateTemporary(false)),
                arguments("CREATE LOCAL TEMPORARY TABLE t (a int) ON COMMIT DROP", new CreateTemporary(true)),
                arguments("create temp table t (a int) on commit delete rows", new CreateTemporary(false)),
                arguments("create or replace temp view v as select 1", new CreateTemporary(false)),
                arguments("create table temp (a int)", new Other("create")),
                arguments("select 1 into temp t", new CreateTemporary(false)),
                arguments("with x as (select 1) select * into temporary t from x", new CreateTemporary(false)),
                arguments("insert into temp values (1)", new Other("insert")),
                arguments("select temp from weather", new Other("select")),
                arguments("SELECT 1", new SelectInteger(1)),
                arguments("select /* ping */ 1;", new SelectInteger(1)),
                arguments("select 1.0", new Other("select")),
                arguments("select 1 + 1", new Other("select")),
                arguments("select '1'", new Other("select")),
                arguments("select 99999999999", new Other("select")),
                arguments("select", new Other("select")),
                arguments("\"begin\"", new Other("begin")),
                arguments("'begin'", new Other("begin")),
                arguments("(select 1)", new Other("(")),
                arguments("alter role app set work_mem = '5MB'", new Statement.AlterDefaults()),
                arguments("ALTER DATABASE app RESET ALL", new Statement.AlterDefaults()),
                arguments("alter role app password 'x'", new Other("alter")),
                arguments("alter table t set (fillfactor = 50)", new Other("alter")),
                arguments("copy t from stdin", new Other("copy")),
                arguments("do $$ begin; commit; end $$", new Other("do")),
                arguments(
                        "select 'a''b;c', E'\\';d', \"e;f\", $$g;h$$, $x$;$$;$x$ -- ;i\n, /* ;j /* ;k */ ; */ 2",
                        new Other("select")),
                arguments("select U&'\\0061;', b'1;', n';', $1, a$b;", new Other("select")),
                arguments("create rule r as on insert to t do (select 1; select 2)", new Other("create")),
                arguments(
                        "create function f() returns int begin atomic select case when true then 1 end; select 2; end",
                        new Other("create")),
                arguments("select 'not closed; begin", new Other("select")),
                arguments("select /* not closed; begin", new Other("select")),
                arguments("select $x$ not closed; begin $$", new Other("select")));
    }

    @ParameterizedTest
    @MethodSource("singleStatements")
    void knowsTheStatement(String text, Statement statement) {
        assertThat(SqlText.parse(text).statements()).containsExactly(statement);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ";", " ; ;", "-- begin", "/* begin; */", "/* /* */ begin */;", "\t\r\n\f", "--"})
    void findsNoStatementInNothing(String text) {
        assertThat(SqlText.parse(text).isEmpty()).isTrue();
    }

    @Test
    void findsEachOfSeveralStatements() {
        assertThat(SqlText.parse("begin; set x = 1 ;select 'a;b' ; commit").statements())
                .containsExactly(new Begin("", false), set(false, "x", "1"), new Other("select"), new Commit(false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "select pg_advisory_lock(1)               | ADVISORY_LOCK",
                "select PG_TRY_ADVISORY_LOCK_SHARED(1, 2) | ADVISORY_LOCK",
                "select pg_advisory_unlock_all()          | ADVISORY_LOCK",
                "begin; select pg_catalog.set_config('a', 'b', false) | SET_CONFIG",
                "update pg_catalog.pg_settings set setting = '1' where name = 'work_mem' | SET_CONFIG",
                "insert into t values (nextval('s'))      | SEQUENCE_DRAW",
                "create table pg_temp.t (a int)           | TEMPORARY_OBJECT",
                "select setseed(0.5)                      | RANDOM_SEED",
                "select pg_backend_pid()                  | BACKEND_PROCESS",
                "select currval('s')                      | SEQUENCE_RECALL",
                "select my_function(1)                    | UNKNOWN_CALL",
                "select public.lower('x')                 | UNKNOWN_CALL",
                "do $$ begin end $$                       | UNKNOWN_CALL",
                "call p()                                 | UNKNOWN_CALL",
                "select 'x\\'                             | UNKNOWN_CALL",
            })
    void noticesWhatLeavesATrace(String text, Mention mention) {
        assertThat(SqlText.parse(text).mentions()).containsExactly(mention);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select pg_advisory_xact_lock(1)",
                "select 'pg_advisory_lock(1)'",
                "select 1 -- pg_advisory_lock(1)",
                "select /* set_config */ 1",
                "select setting from pg_settings for update",
                "select $$nextval$$",
                "select pg_temperature",
                "select lower(a), pg_catalog.upper(b) from t where c in (1)",
                "insert into public.t (a, b) values (1, cast(2 as varchar(3)))",
                "with x (a) as (select 1) select * from x as y(b)",
                "insert into \"T\" (a) select a from (values (1)) v(a)"
            })
    void noticesNothingInStringsCommentsAndOtherNames(String text) {
        assertThat(SqlText.parse(text).mentions()).isEmpty();
    }

    @Test
    void noticesAFunctionThatIsQuoted() {
        assertThat(SqlText.parse("select \"pg_advisory_lock\"(1)").mentions()).containsExactly(Mention.ADVISORY_LOCK);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {"'UTC' | UTC", "utf8 | utf8", "'it''s' | it's", "64 | 64", "on -- now | on", "$$a$$ | a"})
    void readsAPlainValue(String value, String literal) {
        assertThat(set(false, "x", value).literal()).contains(literal);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a, b", "E'\\n'", "-5", "interval '1' hour", "'a' 'b'", ""})
    void leavesOtherValuesAlone(String value) {
        assertThat(set(false, "x", value).literal()).isEqualTo(Optional.empty());
    }

    @Test
    void knowsTheDefaultFromAStringOfThatName() {
        assertThat(set(false, "x", "DEFAULT").isDefault()).isTrue();
        assertThat(set(false, "x", "'default'").isDefault()).isFalse();
    }

    @Test
    void readsAnyTextToItsEnd() {
        var pieces = new String[] {
            "'", "\"", "$", "$$", "$a$", ";", "(", ")", "/*", "*/", "--", "\n", "E'", "\\", "U&\"", "begin", "atomic",
            "create", "end", "set", "x", "=", ".", "1", " ", "*", "\0", "ü", "case", "into", "temp", "select"
        };
        var random = new Random(7);
        for (int i = 0; i < 50_000; i++) {
            var text = new StringBuilder();
            for (int n = random.nextInt(20); n > 0; n--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            assertThat(SqlText.parse(text.toString())).isNotNull();
        }
    }

    private static Statement.Set set(boolean local, String name, String value) {
        return new Statement.Set(local, name, value);
    }

    @Test
    void readsTheNamesOfSettingsThatABlockChanges() {
        assertThat(SqlText.parse("do $$ begin perform set_config('app.tenant', 'x', false); end $$")
                        .configured())
                .containsExactly("app.tenant");
    }

    @Test
    void readsTheNamesOfSettingsThatACallChanges() {
        assertThat(SqlText.parse("select set_config('App.Tenant', $1, false), set_config(x, 'y', true)")
                        .configured())
                .containsExactly("app.tenant");
    }
}
