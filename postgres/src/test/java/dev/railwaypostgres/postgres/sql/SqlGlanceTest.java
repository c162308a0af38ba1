package dev.railwaypostgres.postgres.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlGlanceTest {
    private static final List<String> PIECES = List.of(
            "select ",
            "insert into ",
            "t",
            "\"T\"",
            "(a, b)",
            "values ",
            "($1, 'x')",
            " where ",
            "lower(x)",
            "f(x)",
            "s.f(x)",
            "pg_catalog.lower(x)",
            "public.lower(x)",
            "'it''s'",
            "'\\'",
            "E'\\''",
            "$$;$$",
            "; ",
            "set x = 1",
            "-- ;\n",
            "/* ; */",
            "/* /* */ */",
            "temp ",
            "into ",
            "as ",
            "with ",
            "begin",
            "commit",
            "do ",
            "call p()",
            "listen x",
            "set_config('a', 'b', false)",
            "currval('s')",
            "pg_temp.x",
            ") ",
            "( ",
            "update t set a = ",
            "and ",
            "or f (1)",
            "1.5e3",
            "savepoint x",
            "create temp table t (a int)",
            "discard all",
            "prepare p as ",
            "execute p(1)",
            "ü(1)");

    private final SqlGlance glance = new SqlGlance();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SELECT abalance FROM pgbench_accounts WHERE aid = 12345;",
                "UPDATE pgbench_accounts SET abalance = abalance + -4 WHERE aid = 7;",
                "INSERT INTO pgbench_history (tid, mtime) VALUES (1, CURRENT_TIMESTAMP);",
                "insert into \"public\".\"users\" (\"id\", \"name\") values ($1, $2) returning \"id\"",
                "select count(*), max(\"a\"), coalesce(b, 'x;y') from t where c in (1, 2) and d like '%it''s%'",
                "select t.a from t join lateral (select 1) x(b) on true where t.b = any($1::int[])",
                "with x as (select 1), y as (select 2) select * from x, y",
                "select '2026-01-01'::timestamptz(3), cast(a as varchar(20)), extract(year from b) from t /* by: app */",
                "BEGIN; SELECT pg_catalog.now(); COMMIT",
                "copy (select lower(a) from t) to stdout",
                "select json_build_object('a', 1) -- done",
            })
    void letsThroughWhatOnlyReadsAndWritesRows(String text) {
        assertThat(isPlain(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "set x = 1",
                "select 1; set x = 1",
                "create temp table t (a int)",
                "select * into temp t from u",
                "select set_config('a', 'b', false)",
                "select \"set_config\"('a', 'b', false)",
                "select my_function(1)",
                "select public.lower('x')",
                "select * from app.login($1)",
                "select a and f (b) from t",
                "insert into t values (nextval('s'))",
                "select E'\\'', set_config('a', 'b', false), ''",
                "select pg_advisory_lock(1)",
                "do $$ begin end $$",
                "call p()",
                "declare c cursor with hold for select 1",
                "savepoint x",
                "/* /* */ */ select 1",
                "explain analyze select f()"
            })
    void isInDoubtAboutTheRest(String text) {
        assertThat(isPlain(text)).isFalse();
    }

    @Test
    void neverCallsPlainWhatAReadingFindsToLeaveATrace() {
        var random = new Random(20261125);
        for (int i = 0; i < 50_000; i++) {
            var text = text(random);
            if (isPlain(text)) {
                var read = SqlText.parse(text);
                assertThat(read.mentions()).as(text).isEmpty();
                assertThat(read.statements()).as(text).allMatch(SqlGlanceTest::isTraceless);
            }
        }
    }

    private static boolean isTraceless(Statement statement) {
        return switch (statement) {
            case Statement.Begin _, Statement.Commit _, Statement.SelectInteger _, Statement.Notify _ -> true;
            case Statement.Other(String keyword) -> !keyword.equals("load");
            case Statement.AlterDefaults _,
                    Statement.Rollback _,
                    Statement.Savepoint _,
                    Statement.ReleaseSavepoint _,
                    Statement.RollbackToSavepoint _,
                    Statement.Set _,
                    Statement.SetTransaction _,
                    Statement.Show _,
                    Statement.Reset _,
                    Statement.Discard _,
                    Statement.Listen _,
                    Statement.Unlisten _,
                    Statement.Prepare _,
                    Statement.Execute _,
                    Statement.Deallocate _,
                    Statement.DeclareCursor _,
                    Statement.CloseCursor _,
                    Statement.CreateTemporary _ -> false;
        };
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        int pieces = 1 + random.nextInt(6);
        for (int i = 0; i < pieces; i++) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    private boolean isPlain(String text) {
        var bytes = ("xx" + text + "yy").getBytes(StandardCharsets.UTF_8);
        return glance.isPlain(bytes, 2, bytes.length - 2);
    }
}
