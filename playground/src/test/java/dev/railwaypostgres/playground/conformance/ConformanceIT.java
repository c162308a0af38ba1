package dev.railwaypostgres.playground.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.railwaypostgres.playground.Repository;
import dev.railwaypostgres.playground.conformance.Judge.Finding;
import dev.railwaypostgres.playground.conformance.scene.Postgres;
import dev.railwaypostgres.playground.conformance.script.Script;
import dev.railwaypostgres.playground.conformance.script.ScriptReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Plays every script with Postgres and with the proxy. {@code -Dconformance.case=extended/} plays those whose names begin so,
 * {@code -Dpostgres.major=15} asks another Postgres, {@code -Dconformance.write=true} writes the list of known differences.
 */
class ConformanceIT {
    private static final Path FOLDER = Repository.path("playground/src/test/resources/conformance");
    private static final String WANTED = System.getProperty("conformance.case", "");
    private static final Path REPORT = Repository.path("playground/target/conformance.txt");
    private static final KnownDifferences KNOWN = KnownDifferences.ofTheProxy();

    @TempDir
    private static Path folder;

    private static Postgres postgres;
    private static Corpus corpus;

    @BeforeAll
    static void start() throws Exception {
        postgres = new Postgres(folder);
        corpus = new Corpus(postgres);
    }

    @AfterAll
    static void end() throws Exception {
        corpus.close();
        postgres.close();
    }

    @TestFactory
    Stream<DynamicTest> nobodyCanTellTheProxyFromPostgres() throws IOException {
        var known = KNOWN.read();
        var findings = corpus.judge(scripts());
        return Stream.concat(
                findings.entrySet().stream()
                        .map(entry -> DynamicTest.dynamicTest(
                                entry.getKey().name(),
                                () -> verify(entry.getKey(), entry.getValue().join(), known))),
                Stream.of(DynamicTest.dynamicTest("the score", () -> score(findings))));
    }

    private static List<Script> scripts() {
        return ScriptReader.readAll(FOLDER).stream()
                .filter(script -> script.name().startsWith(WANTED))
                .toList();
    }

    private static void verify(Script script, Optional<Finding> found, Map<String, String> known) {
        boolean isKnown = known.containsKey(script.name());
        if (found.isPresent() && isKnown) {
            abort("known: " + found.get());
        }
        found.ifPresent(finding -> fail("%s%n%s", script.about(), finding.story()));
        assertThat(isKnown)
                .as("%s works: take it out of %s", script, KNOWN.file().getFileName())
                .isFalse();
    }

    private static void score(Map<Script, CompletableFuture<Optional<Finding>>> findings) throws IOException {
        var different = new TreeMap<String, String>();
        findings.forEach(
                (script, finding) -> finding.join().ifPresent(found -> different.put(script.name(), found.toString())));
        report(findings);
        if (Boolean.getBoolean("conformance.write") && WANTED.isEmpty()) {
            KNOWN.write(different);
        }
        assertThat(KNOWN.read().keySet())
                .as("known differences are those of cases that there are")
                .isSubsetOf(names());
    }

    /** To the screen the score, to a file the stories too. */
    private static void report(Map<Script, CompletableFuture<Optional<Finding>>> findings) throws IOException {
        var stories = new ArrayList<String>();
        findings.forEach((script, finding) -> finding.join()
                .ifPresent(found -> stories.add("%n%s: %s%n%s%n".formatted(script, script.about(), found.story()))));
        var score = "%d of %d scripts identical to PostgreSQL%n"
                .formatted(findings.size() - stories.size(), findings.size());
        System.out.print(score);
        Files.writeString(REPORT, score + String.join("", stories));
    }

    private static List<String> names() {
        return ScriptReader.readAll(FOLDER).stream().map(Script::name).toList();
    }
}
