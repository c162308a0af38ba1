package dev.railwaypostgres.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalGlanceTest {
    private static boolean mayBeLocal(String text) {
        return LocalGlance.mayBeLocal(Unpooled.copiedBuffer("_" + text + "\0", StandardCharsets.UTF_8), 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ";",
                "-- ping",
                "/* ping */ SELECT 1",
                "select 1",
                "SELECT\n\t1;",
                "SELECT/**/1",
                "SELECT -- one\n 1",
                "SHOW server_version",
                "set extra_float_digits = 3",
                "START TRANSACTION",
                " BEGIN",
                "commit",
                "END",
                "Rollback",
                "ABORT"
            })
    void letsPassWhatMayBeAnsweredHere(String text) {
        assertThat(mayBeLocal(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT abalance FROM pgbench_accounts WHERE aid = 1",
                "select * from t",
                "SELECT 'x'",
                "SELECT $1",
                "\n  SELECT \"a\" FROM t",
                "SELECT (1)",
                "INSERT INTO t VALUES (1)",
                "update t set a = 1",
                "DELETE FROM t",
                "WITH x AS (SELECT 1) SELECT * FROM x",
                "äh"
            })
    void tellsWhatOnlyAServerCanAnswer(String text) {
        assertThat(mayBeLocal(text)).isFalse();
    }
}
