package dev.railwaypostgres.railway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RailwayTokenTest {
    @ParameterizedTest
    @ValueSource(strings = {"Workspace", "WORKSPACE", "workspace"})
    void hasAKindInAnyCase(String name) {
        assertThat(RailwayToken.Kind.named(name)).isEqualTo(RailwayToken.Kind.WORKSPACE);
    }

    @Test
    void dropsTheEndOfLineOfItsFile() {
        assertThat(new RailwayToken(RailwayToken.Kind.PROJECT, "token\n").value())
                .isEqualTo("token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n", "two words", "two\nlines", "tök"})
    void cannotHaveWhatNoHeaderTakes(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RailwayToken(RailwayToken.Kind.ACCOUNT, value))
                .withMessageContaining("empty, or has characters that no token has");
    }
}
