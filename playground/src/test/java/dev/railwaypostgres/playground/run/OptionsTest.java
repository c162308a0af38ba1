package dev.railwaypostgres.playground.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {
    @Test
    void keepsItsHomeInTheRepositoryUnlessToldOtherwise() {
        var options = Options.parse(List.of("playground", "--repository", "/checkout"));
        assertThat(options).isEqualTo(new Options(false, Path.of("/checkout"), Optional.empty(), Optional.empty()));
        assertThat(options.homeFolder()).isEqualTo(Path.of("/checkout/.playground"));
    }

    @Test
    void takesAnotherHomeAndAnotherCluster(@TempDir Path folder) throws IOException {
        var config = Files.createFile(folder.resolve("config"));
        var options = Options.parse(List.of("status", "--home", "/home", "--kubeconfig", config.toString()));
        assertThat(options.isStatus()).isTrue();
        assertThat(options.homeFolder()).isEqualTo(Path.of("/home"));
        assertThat(options.kubeconfig()).contains(config);
    }

    @ParameterizedTest
    @CsvSource({
        "start, What is start?",
        "playground --hom x, What is --hom?",
        "status --home, --home needs a value",
        "playground --kubeconfig /no/such, There is no /no/such that can be read"
    })
    void tellsWhatItDoesNotUnderstand(String line, String complaint) {
        assertThatThrownBy(() -> Options.parse(List.of(line.split(" ", -1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(complaint);
    }
}
