package dev.railwaypostgres.playground.conformance;

import dev.railwaypostgres.playground.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The cases in which a client can tell the proxy from Postgres, each with the first difference that was seen. What is on the
 * list may fail; what is not may not; and what is on the list and does not fail any more has to leave it, so that the list
 * is true and only becomes shorter.
 */
public record KnownDifferences(Path file) {
    private static final String HEAD = """
            # Cases in which a client can tell the proxy from Postgres, with the first difference that was seen.
            # Whoever mends one takes its line out; "./run conformance --write" writes the list anew. It may only become shorter.
            """;

    private static final String BETWEEN = " | ";

    /** Of all scripts. */
    public static KnownDifferences ofTheProxy() {
        return new KnownDifferences(Repository.path("playground/src/test/resources/conformance/known-differences.txt"));
    }

    /** Other tests leave out what a case already shows, for as long as it does. */
    public boolean contain(String caseName) {
        try {
            return read().containsKey(caseName);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** By the case's name. */
    SortedMap<String, String> read() throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split(Pattern.quote(BETWEEN), 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1], (one, _) -> one, TreeMap::new));
    }

    void write(Map<String, String> differences) throws IOException {
        Files.writeString(
                file,
                new TreeMap<>(differences)
                        .entrySet().stream()
                                .map(entry -> entry.getKey() + BETWEEN + entry.getValue() + "\n")
                                .collect(Collectors.joining("", HEAD, "")));
    }
}
