package dev.railwaypostgres.proxy.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.postgres.SqlState;
import dev.railwaypostgres.proxy.console.Order.Action;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrderReaderTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"SHOW POOLS", "show pools;", "  Show\n Pools ; ", "SELECT pools", "/* why */ SHOW POOLS -- so"})
    void takesAStatementHoweverItIsWritten(String text) {
        assertThat(OrderReader.read(text)).containsExactly(new Order.Show(Topic.POOLS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ";;", "-- nothing", "/* ; */"})
    void findsNothingWhereThereIsNothing(String text) {
        assertThat(OrderReader.read(text)).isEmpty();
    }

    @Test
    void takesSeveralAtOnce() {
        assertThat(OrderReader.read("PAUSE orders-shop; SHOW STATE; resume \"orders-shop\""))
                .containsExactly(
                        new Order.Act(Action.PAUSE, "orders-shop"),
                        new Order.Show(Topic.STATE),
                        new Order.Act(Action.RESUME, "orders-shop"));
    }

    @Test
    void takesQuotedNamesAsTheyAre() {
        assertThat(OrderReader.read("KILL \"a \"\"b\"\"; c\""))
                .containsExactly(new Order.Act(Action.KILL, "a \"b\"; c"));
    }

    @ParameterizedTest
    @CsvSource({
        "SHOW, 42601",
        "SHOW NONSENSE, 42601",
        "PAUSE one two, 42601",
        "DISABLE, 42601",
        "RELOAD now, 42601",
        "DROP TABLE orders, 42601",
        "SUSPEND, 0A000",
        "SHOW FDS, 0A000",
        "SET default_pool_size = 5, 55P02"
    })
    void saysWhatItDoesNotDo(String text, String code) {
        assertThat(OrderReader.read(text))
                .singleElement()
                .isInstanceOfSatisfying(
                        Order.Refuse.class,
                        refused -> assertThat(refused.why().sqlState()).isEqualTo(new SqlState(code)));
    }

    @ParameterizedTest
    @CsvSource({
        "SET extra_float_digits = 3, SET",
        "SET application_name='x', SET",
        "BEGIN, BEGIN",
        "start transaction, START TRANSACTION",
        "END, COMMIT",
        "DISCARD ALL, DISCARD ALL"
    })
    void agreesToWhatDriversSayOfTheirOwnAccord(String text, String tag) {
        assertThat(OrderReader.read(text)).containsExactly(new Order.Nod(tag));
    }
}
