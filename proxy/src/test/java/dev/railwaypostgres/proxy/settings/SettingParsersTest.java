package dev.railwaypostgres.proxy.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingParsersTest {
    @ParameterizedTest
    @CsvSource({"90s, 90", "1h30m, 5400", "5m, 300", "PT2M, 120", "0s, 0"})
    void readsDurationsInBothForms(String text, long seconds) {
        assertThat(SettingParsers.durationOrZero(text)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "5 minutes", "-5s", "PT-1S", "5m1h"})
    void refusesOtherDurations(String text) {
        assertThatThrownBy(() -> SettingParsers.durationOrZero(text)).isInstanceOf(RuntimeException.class);
    }

    @Test
    void refusesNoTimeAtAllWhereSomeIsNeeded() {
        assertThatThrownBy(() -> SettingParsers.duration("0s")).isInstanceOf(IllegalArgumentException.class);
    }
}
