package dev.railwaypostgres.postgres.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementNamesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "execute s1(1)                 | execute \"p1\"(1)",
                "EXECUTE \"s1\"                | EXECUTE \"p1\"",
                "prepare s1 as select 1        | prepare \"p1\" as select 1",
                "deallocate s1                 | deallocate \"p1\"",
                "deallocate /* the */ prepare s1; select 1 | deallocate /* the */ prepare \"p1\"; select 1",
                "begin; execute s1; deallocate s1 | begin; execute \"p1\"; deallocate \"p1\"",
            })
    void putsOneNameInPlaceOfAnother(String text, String expected) {
        assertThat(replaced(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "execute other(1)",
                "deallocate all",
                "deallocate prepare all",
                "select s1 from execute",
                "prepare transaction 's1'",
                "select 'execute s1'",
                ""
            })
    void leavesAloneWhatMeansSomethingElse(String text) {
        assertThat(replaced(text)).isEqualTo(text);
    }

    private static String replaced(String text) {
        return StatementNames.replace(text, name -> name.equals("s1") ? "p1" : name)
                .orElse(text);
    }
}
