package dev.railwaypostgres.playground.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.playground.Repository;
import dev.railwaypostgres.playground.conformance.script.Script;
import dev.railwaypostgres.playground.conformance.script.ScriptReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Keeps {@code docs/conformance.md} true, the index of what is tried. */
class ConformanceDocumentTest {
    private static final Path CASES = Repository.path("playground/src/test/resources/conformance");
    private static final int NUMBERS = 132;
    private static final Pattern ROW = Pattern.compile("^\\| (\\d+) \\| [^|]+ \\| ([^|]+) \\|$", Pattern.MULTILINE);
    private static final Pattern CASE = Pattern.compile("`([a-z]+/[a-z0-9-]+)`");
    private static final Pattern METHOD = Pattern.compile("`([A-Z]\\w+)\\.(\\w+)`");
    private static final Pattern DIFFERENCES =
            Pattern.compile("## Where a client can tell\n(.*?)\n## ", Pattern.DOTALL);

    private static String document;
    private static List<Script> scripts;

    @BeforeAll
    static void read() throws IOException {
        document = Files.readString(Repository.path("docs/conformance.md"));
        scripts = ScriptReader.readAll(CASES);
    }

    /** What is said of where each number is tried. */
    private static SortedMap<Integer, String> rows() {
        return ROW.matcher(document)
                .results()
                .collect(Collectors.toMap(
                        row -> Integer.valueOf(row.group(1)), row -> row.group(2), (one, _) -> one, TreeMap::new));
    }

    private static SortedSet<String> casesIn(String text) {
        return CASE.matcher(text).results().map(name -> name.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void hasEachNumberOnceAndInOrder() {
        var numbers = ROW.matcher(document).results().map(row -> Integer.valueOf(row.group(1)));
        assertThat(numbers)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, NUMBERS).boxed().toList());
    }

    @Test
    void saysOfEachNumberWhatTheCasesSay() {
        var told = new TreeMap<Integer, Set<String>>();
        var found = new TreeMap<Integer, Set<String>>();
        rows().forEach((number, where) -> told.put(number, casesIn(where)));
        IntStream.rangeClosed(1, NUMBERS).forEach(number -> found.put(number, new TreeSet<>()));
        scripts.forEach(script -> script.numbers()
                .forEach(number ->
                        found.computeIfAbsent(number, _ -> new TreeSet<>()).add(script.name())));
        assertThat(told).isEqualTo(found);
    }

    @Test
    void namesTestsThatThereAreAndThatRun() throws IOException {
        var sources = testSources();
        var missing = new ArrayList<String>();
        for (var where : rows().values()) {
            METHOD.matcher(where)
                    .results()
                    .filter(named -> sources.stream().noneMatch(source -> hasTest(source, named)))
                    .forEach(named -> missing.add(named.group()));
        }
        assertThat(missing).isEmpty();
    }

    private static List<Path> testSources() throws IOException {
        try (Stream<Path> files = Files.walk(Repository.path(""))) {
            return files.filter(file -> file.toString().contains("/src/test/java/"))
                    .filter(file -> file.toString().endsWith(".java"))
                    .toList();
        }
    }

    private static boolean hasTest(Path source, MatchResult named) {
        if (!source.endsWith(named.group(1) + ".java")) {
            return false;
        }
        try {
            var annotations = annotationsOf(named.group(2), Files.readString(source));
            return annotations.contains("Test") && !annotations.contains("@Disabled");
        } catch (IOException _) {
            return false;
        }
    }

    /** What stands between the end of the member before the method and the method's name. */
    private static String annotationsOf(String method, String source) {
        int name = source.indexOf(" void " + method + "(");
        return name < 0 ? "" : source.substring(source.lastIndexOf("\n\n", name), name);
    }

    @Test
    void explainsEachKnownDifference() throws IOException {
        var explained = DIFFERENCES.matcher(document);
        assertThat(explained.find()).isTrue();
        assertThat(casesIn(explained.group(1)))
                .isEqualTo(KnownDifferences.ofTheProxy().read().keySet());
    }
}
