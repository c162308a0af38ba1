package dev.railwaypostgres.playground.bench.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.railwaypostgres.playground.bench.proxy.PgBench.Transaction;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class WindowTest {
    private static final Offset<Double> EXACT = Offset.offset(1e-6);

    private final Window window = new Window(1000, 1002, 0.0001);

    @Test
    void readsALineOfPgbenchsLog() {
        // Client 3, its transaction 17, 250 µs, script 0, ended at 1001.5 s.
        var transaction = Transaction.parse("3 17 250 0 1001 500000");
        assertThat(transaction.micros()).isCloseTo(250, EXACT);
        assertThat(transaction.endedAt()).isCloseTo(1001.5, EXACT);
        assertThat(transaction.beganAt()).isCloseTo(1001.49975, EXACT);
    }

    @Test
    void countsOnlyWhatEndedWithinIt() {
        var reading = window.reading(List.of(
                new Transaction(900, 999.9),
                new Transaction(100, 1000),
                new Transaction(200, 1001),
                new Transaction(300, 1001.5),
                new Transaction(400, 1001.9),
                new Transaction(900, 1002)));
        assertThat(reading.of(Measure.RATE)).isCloseTo(2, EXACT);
        assertThat(reading.of(Measure.CPU)).isCloseTo(25, EXACT);
        assertThat(reading.of(Measure.P50)).isCloseTo(200, EXACT);
        assertThat(reading.of(Measure.P99)).isCloseTo(400, EXACT);
    }

    @Test
    void refusesToTellAnythingOfNothing() {
        assertThatThrownBy(() -> window.reading(List.of(new Transaction(900, 999.9))))
                .isInstanceOf(IllegalStateException.class);
    }
}
