package dev.railwaypostgres.playground.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommandTest {
    @Test
    void returnsWhatTheProgramPrints() {
        assertThat(Command.of("sh", "-c", "cat; echo $WORD")
                        .withInput("typed ")
                        .withEnvironment(Map.of("WORD", "set"))
                        .output())
                .isEqualTo("typed set\n");
    }

    @Test
    void failsWithTheProgramsOwnWordsAndWithoutItsArguments() {
        assertThatThrownBy(() -> Command.of("sh", "-c", "echo complaint >&2; exit 3", "secret")
                        .output())
                .hasMessageContaining("ended with 3")
                .hasMessageContaining("complaint")
                .hasMessageNotContaining("secret");
    }

    @Test
    void leavesTheJudgementToWhoOnlyRunsIt() {
        var result = Command.of("sh", "-c", "echo fine; exit 3").run();
        assertThat(result).isEqualTo(new Command.Result(3, "fine\n", ""));
    }

    @Test
    void endsAProgramThatTakesTooLong() {
        var command = Command.of("sleep", "60").withLimit(Duration.ofMillis(200));
        assertThatThrownBy(command::output).hasMessageContaining("longer than PT0.2S");
    }
}
