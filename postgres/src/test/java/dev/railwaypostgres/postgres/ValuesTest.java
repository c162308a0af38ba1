package dev.railwaypostgres.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ValuesTest {
    @Test
    void readsSystemIdentifiersAbove63Bits() {
        assertThat(SystemIdentifier.parse("18446744073709551615").value()).isEqualTo(-1);
        assertThat(SystemIdentifier.parse("18446744073709551615")).hasToString("18446744073709551615");
    }

    @Test
    void refusesTimelineZero() {
        assertThatThrownBy(() -> Timeline.parse("0")).isInstanceOf(IllegalArgumentException.class);
        assertThat(Timeline.FIRST.next()).isEqualTo(Timeline.parse("2")).isGreaterThan(Timeline.FIRST);
    }

    @Test
    void refusesErrorCodesOfTheWrongShape() {
        assertThatThrownBy(() -> new SqlState("57p03")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SqlState("5703")).isInstanceOf(IllegalArgumentException.class);
        assertThat(SqlState.CANNOT_CONNECT_NOW.errorClass()).isEqualTo("57");
    }

    @Test
    void comparesBytesByValueAndShowsNone() {
        var bytes = Bytes.of("secret");
        assertThat(bytes).isEqualTo(Bytes.copyOf("secret".getBytes(StandardCharsets.UTF_8)));
        assertThat(bytes).hasSameHashCodeAs(Bytes.of("secret")).isNotEqualTo(Bytes.of("secrex"));
        assertThat(bytes).hasToString("<6 bytes>");
    }

    @Test
    void sharesNoArrayWithAnybody() {
        byte[] given = {1, 2, 3};
        var bytes = Bytes.copyOf(given);
        given[0] = 9;
        bytes.toArray()[1] = 9;
        assertThat(bytes.toArray()).containsExactly(1, 2, 3);
    }

    @Test
    void hidesTheCancelSecret() {
        assertThat(new CancelKey(42, Bytes.of("abcd"))).hasToString("42:***");
    }

    @Test
    void boundsTheCancelSecret() {
        assertThatThrownBy(() -> new CancelKey(1, Bytes.EMPTY)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CancelKey(1, Bytes.copyOf(new byte[257])))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ordersProtocolVersions() {
        assertThat(ProtocolVersion.V3_2).isGreaterThan(ProtocolVersion.V3_0).hasToString("3.2");
        assertThat(ProtocolVersion.ofCode(ProtocolVersion.V3_2.code())).isEqualTo(ProtocolVersion.V3_2);
    }
}
