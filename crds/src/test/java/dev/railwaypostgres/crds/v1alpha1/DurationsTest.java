package dev.railwaypostgres.crds.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({"0s, PT0S", "90s, PT90S", "5m, PT5M", "1h30m, PT1H30M", "168h, PT168H", "1h2m3s, PT1H2M3S"})
    void readsWhatKubernetesUsersWrite(String text, Duration duration) {
        assertThat(Durations.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "5 m", "-5m", "1d", "5m1h", "PT5M", "1.5h", "99999999999999999999h", "5M"})
    void refusesEverythingElse(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Durations.parse(text))
                .withMessageContaining("not a duration such as 90s, 5m or 1h30m");
    }
}
