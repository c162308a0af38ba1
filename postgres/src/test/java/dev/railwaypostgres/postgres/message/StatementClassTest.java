package dev.railwaypostgres.postgres.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StatementClassTest {
    private static StatementClass of(String text) {
        return StatementClass.of(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"FUNCTION_CALL", "OTHER"})
    void knowsEachCommandInAnyCase(StatementClass command) {
        assertThat(of(command.name() + " something")).isEqualTo(command);
        assertThat(of(command.name().toLowerCase(Locale.ROOT) + ";")).isEqualTo(command);
        assertThat(of(command.name())).isEqualTo(command);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ' \\n\\tselect 1'                  | SELECT
                    '(((SELECT 1)))'                   | SELECT
                    ';; COPY t FROM STDIN'             | COPY
                    '-- who\\nUPDATE t SET a = 1'      | UPDATE
                    '/* a * b / c */ DELETE FROM t'    | DELETE
                    '/**/INSERT INTO t VALUES (1)'     | INSERT
                    'selectively'                      | OTHER
                    'sel'                              | OTHER
                    ''                                 | OTHER
                    '-- only a comment'                | OTHER
                    '/* never closed *'                | OTHER
                    '/*'                               | OTHER
                    '42'                               | OTHER
                    'sélect'                           | OTHER
                    """)
    void looksBehindWhatComesBeforeTheFirstWord(String text, StatementClass expected) {
        assertThat(of(text.replace("\\n", "\n").replace("\\t", "\t"))).isEqualTo(expected);
    }

    @Test
    void leavesTheTextAsItIs() {
        var text = Unpooled.copiedBuffer("SELECT secret", StandardCharsets.UTF_8);
        assertThat(StatementClass.of(text)).isEqualTo(StatementClass.SELECT);
        assertThat(text.readerIndex()).isZero();
    }

    @Test
    void isNotMisledByAShortWordThatIsTheBeginningOfALongOne() {
        assertThat(of("DO $$ $$")).isEqualTo(StatementClass.DO);
        assertThat(of("END")).isEqualTo(StatementClass.END);
        assertThat(of("DEALLOCATED")).isEqualTo(StatementClass.DEALLOCATE);
    }
}
