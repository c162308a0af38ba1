package dev.railwaypostgres.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LsnTest {
    @ParameterizedTest
    @ValueSource(strings = {"0/0", "16/B374D848", "0/1", "FFFFFFFF/FFFFFFFF", "1/0"})
    void printsWhatItReads(String text) {
        assertThat(Lsn.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "1", "1/", "/1", "G/0", "123456789/0", "0/123456789", "0/-1", " 0/1", "0/1\n"})
    void refusesWhatPostgresNeverPrints(String text) {
        assertThatThrownBy(() -> Lsn.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ordersTheUpperHalfBehindTheLowerHalf() {
        assertThat(Lsn.parse("7FFFFFFF/FFFFFFFF").isBefore(Lsn.parse("80000000/0")))
                .isTrue();
        assertThat(Lsn.parse("80000000/0").isBefore(Lsn.parse("7FFFFFFF/FFFFFFFF")))
                .isFalse();
    }

    @Test
    void countsBytesAcrossTheSlash() {
        var before = Lsn.parse("1/FFFFFFF0");
        assertThat(before.plus(0x20)).isEqualTo(Lsn.parse("2/10"));
        assertThat(Lsn.parse("2/10").bytesSince(before)).isEqualTo(0x20);
        assertThat(before.bytesSince(Lsn.parse("2/10"))).isEqualTo(-0x20);
    }

    @Test
    void knowsNoPosition() {
        assertThat(Lsn.INVALID.isValid()).isFalse();
        assertThat(Lsn.parse("0/1").isValid()).isTrue();
    }
}
