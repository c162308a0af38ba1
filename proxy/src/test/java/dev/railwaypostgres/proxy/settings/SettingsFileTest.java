package dev.railwaypostgres.proxy.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsFileTest {
    private static final Setting<Integer> SIZE =
            Setting.withDefault("size", SettingParsers.between(1, 9), "3", "How large, 1 to 9.");
    private static final Setting<String> NAME = Setting.required("name", Function.identity(), "What it is called.");
    private static final Setting<Integer> PIN = Setting.required("pin", Integer::parseInt, "A secret number.");

    private final Problems problems = new Problems();

    private Section read(String text) {
        return new SettingsFile("file.yaml", Map.of("PIN", "1234", "BAD_PIN", "12x4", "EMPTY", ""), problems)
                .read(text);
    }

    private void assertProblems(String... lines) {
        assertThatThrownBy(problems::end)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(String.join("\n", lines));
    }

    @Test
    void readsValuesListsAndSections() {
        var file = read("""
                name: here
                inner: {size: 7}
                list: [1, 2]
                sections:
                  - name: first
                  - name: second
                """);

        assertThat(file.find(NAME)).isEqualTo("here");
        assertThat(file.section("inner").find(SIZE)).isEqualTo(7);
        assertThat(file.section("absent").find(SIZE)).isEqualTo(3);
        assertThat(file.findAll(Setting.optional("list", Integer::parseInt, ""), List.of()))
                .containsExactly(1, 2);
        assertThat(file.sections("sections"))
                .extracting(section -> section.find(NAME))
                .containsExactly("first", "second");
        file.refuseOthers();
        problems.end();
    }

    @Test
    void tellsAllThatIsWrongAtOnceWithItsPlace() {
        var file = read("""
                size: 10
                inner:
                  size: [1]
                  name:
                list: one
                other: x
                inner: {}
                """);
        var _ = file.find(SIZE);
        var _ = file.find(NAME);
        var _ = file.section("inner").find(SIZE);
        var _ = file.findAll(Setting.optional("list", Integer::parseInt, ""), List.of());
        file.refuseOthers();

        assertProblems(
                "file.yaml:7: inner: stands here twice",
                "file.yaml:1: size=10 is wrong: How large, 1 to 9.",
                "file.yaml:1: name: is not set: What it is called.",
                "file.yaml:5: list: expected a list",
                "file.yaml:6: other: there is no such setting");
    }

    @Test
    void namesTheWholePathOfWhatIsWrong() {
        var file = read("""
                sections:
                  - inner: {size: many}
                  - 7
                """);
        for (var section : file.sections("sections")) {
            var _ = section.section("inner").find(SIZE);
        }

        assertProblems(
                "file.yaml:3: sections[1]: expected keys with values",
                "file.yaml:2: sections[0].inner.size=many is wrong: How large, 1 to 9.");
    }

    @Test
    void looksUpWhatStandsElsewhere(@TempDir Path folder) throws Exception {
        var pin = Files.writeString(folder.resolve("pin"), " 77\n");

        assertThat(read("pin: {env: PIN}").findSecret(PIN)).isEqualTo(1234);
        assertThat(read("pin: {file: " + pin + "}").findSecret(PIN)).isEqualTo(77);
        Setting<Integer> size = Setting.optional("size", Integer::parseInt, "");
        assertThat(read("size: {file: " + pin + "}").find(size)).isEqualTo(77);
        problems.end();
    }

    @Test
    void neverShowsASecret() {
        var _ = read("pin: 5678").findSecret(PIN);
        var _ = read("pin: {env: BAD_PIN}").findSecret(PIN);
        var _ = read("pin: \"5678").findSecret(PIN);
        var _ = read("pin: {env: EMPTY}").findSecret(PIN);

        assertThatThrownBy(problems::end)
                .hasMessageContaining("file.yaml:1: pin: is a secret and does not belong in here")
                .hasMessageContaining("file.yaml:1: pin is wrong: A secret number.")
                .hasMessageContaining("file.yaml:1: pin: the variable EMPTY is empty or not set")
                .hasMessageNotContaining("5678")
                .hasMessageNotContaining("12x4");
    }

    @Test
    void refusesReferencesThatLeadNowhere() {
        var _ = read("pin: {env: PIN, file: /pin}").findSecret(PIN);
        var _ = read("pin: {variable: PIN}").findSecret(PIN);
        var _ = read("pin: {file: /there/is/none}").findSecret(PIN);

        assertThatThrownBy(problems::end)
                .hasMessageContaining("pin: expected {env: VARIABLE} or {file: PATH}")
                .hasMessageContaining("pin.variable: there is no such setting")
                .hasMessageContaining("pin: the file /there/is/none cannot be read");
    }

    @Test
    void tellsWhereItIsNoYaml() {
        var _ = read("size: 3\nname: {here\n");

        assertThatThrownBy(problems::end).hasMessageStartingWith("file.yaml:3: expected ',' or '}'");
    }

    @Test
    void takesAnEmptyFileForOneThatSaysNothing() {
        assertThat(read("").find(SIZE)).isEqualTo(3);
        problems.end();
    }

    @Test
    void refusesAFileThatIsNoMapping() {
        read("- a list").refuseOthers();

        assertProblems("file.yaml:1: expected keys with values");
    }

    @Test
    void letsAFileSpeakForVariables() {
        Setting<Integer> port = Setting.withDefault("LISTEN_PORT", SettingParsers::port, "5432", "A port.");
        Setting<Integer> other = Setting.withDefault("OTHER_PORT", SettingParsers::port, "1", "A port.");
        var file = read("listenPort: 7777");

        var reader = new SettingsReader(
                Map.of("LISTEN_PORT", "6666", "OTHER_PORT", "2"), file.variables(List.of(port, other)), problems);

        assertThat(reader.find(port)).isEqualTo(7777);
        assertThat(reader.find(other)).isEqualTo(2);
        problems.end();
    }

    @Test
    void tellsWhereInAFileAVariableIsWrong() {
        Setting<Integer> port = Setting.withDefault("LISTEN_PORT", SettingParsers::port, "5432", "A port.");
        var file = read("\nlistenPort: any");

        var _ = new SettingsReader(Map.of(), file.variables(List.of(port)), problems).find(port);

        assertProblems("file.yaml:2: listenPort=any is wrong: A port.");
    }
}
