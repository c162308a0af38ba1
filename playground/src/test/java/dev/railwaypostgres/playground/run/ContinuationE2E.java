package dev.railwaypostgres.playground.run;

import static dev.railwaypostgres.playground.Eventually.eventually;
import static dev.railwaypostgres.playground.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.playground.Repository;
import dev.railwaypostgres.playground.process.Command;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A playground as a person has it: a process of its own, in a folder with an odd name, and a shell beside it. */
class ContinuationE2E {
    private static final Duration GOES_DOWN = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @Test
    void leavesNoProcessBehindWhenItIsKilledAndGoesOnWhereItWas() throws Exception {
        var home = folder.resolve("an odd 'home'");
        var process = start(home);
        shell(home, "kubectl apply -f '%s'".formatted(Repository.path("examples/database.yaml")));
        shell(home, "kubectl wait --for=condition=Ready sdb/orders --timeout=90s");
        var uri = uri(home);
        try (var psql = Psql.open(uri)) {
            psql.type("CREATE TABLE items AS SELECT generate_series(1, 10) AS id;");
        }
        assertThat(StatusServer.ask(new Home(home)).orElseThrow())
                .contains("etcd", "kube-apiserver", "operator", "proxy", "orders", home.toString());

        assertNothingSurvives(process);
        assertThat(StatusServer.ask(new Home(home))).isEmpty();

        try (var playground = PlaygroundExtension.start(home)) {
            assertThat(uri(home)).isEqualTo(uri);
            try (var psql = Psql.open(uri)) {
                assertThat(psql.ask("SELECT count(*) FROM items;")).isEqualTo("10");
            }
            shell(home, "kubectl delete sdb/orders --timeout=60s");
            eventually(() -> assertThat(playground.railway().services()).isEmpty());
        }
    }

    private static Process start(Path home) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        PlaygroundMain.class.getName(),
                        "playground",
                        "--repository",
                        Repository.path("").toString(),
                        "--home",
                        home.toString())
                .redirectErrorStream(true)
                .start();
        awaitReady(process);
        return process;
    }

    private static void awaitReady(Process process) throws IOException {
        var said = new ArrayList<String>();
        var output = process.inputReader(StandardCharsets.UTF_8);
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            said.add(line);
            // The last line of the welcome: then the file for shells is there, too.
            if (line.contains("Ctrl-C stops everything")) {
                return;
            }
        }
        throw new AssertionError("It did not start:\n" + String.join("\n", said));
    }

    private static void assertNothingSurvives(Process process) throws InterruptedException {
        List<ProcessHandle> children = process.descendants().toList();
        assertThat(children).hasSizeGreaterThan(6);
        process.destroyForcibly().waitFor();
        within(
                GOES_DOWN,
                () -> assertThat(children)
                        .filteredOn(ProcessHandle::isAlive)
                        .extracting(child -> child.info().commandLine())
                        .isEmpty());
    }

    /** What a person types in a second terminal. */
    private static String shell(Path home, String line) {
        var environment = home.resolve("env").toString();
        return Command.of("bash", "-c", ". \"$1\" && " + line, "-", environment).output();
    }

    private static String uri(Path home) {
        var encoded = shell(home, "kubectl get secret orders-connection -o jsonpath='{.data.uri}'");
        return new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
    }
}
