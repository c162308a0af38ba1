package dev.railwaypostgres.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LsnTest {
    @Test
    void readsWhatPostgresWritesAndWritesTheSame() {
        for (String text : new String[] {"0/0", "0/16B3748", "1A/FF000028", "FFFFFFFF/FFFFFFFF"}) {
            assertThat(Lsn.parse(text)).hasToString(text);
        }
    }

    @Test
    void ordersAcrossTheHalves() {
        assertThat(Lsn.parse("1/0")).isGreaterThan(Lsn.parse("0/FFFFFFFF"));
        assertThat(Lsn.parse("FFFFFFFF/0")).isGreaterThan(Lsn.parse("7FFFFFFF/0"));
    }

    @Test
    void refusesWhatIsNoPosition() {
        assertThatThrownBy(() -> Lsn.parse("16B3748")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Lsn.parse("0/xyz")).isInstanceOf(IllegalArgumentException.class);
    }
}
