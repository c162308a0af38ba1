package dev.railwaypostgres.playground.drivers;

import dev.railwaypostgres.playground.binaries.UserCache;
import dev.railwaypostgres.playground.kubernetes.SearchPath;
import dev.railwaypostgres.playground.process.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/**
 * Makes the programs of each language ready to run, once for each state of their sources and lock files: the folder in the user's cache is
 * named by their hash.
 */
final class Installation {
    private static final Duration LIMIT = Duration.ofMinutes(9);

    /** In the words of npm, pip, go, cargo and Maven. Any other failure, such as a package that is not as locked, is one. */
    private static final Pattern UNREACHED = Pattern.compile(
            "(?i)EAI_AGAIN|ENOTFOUND|ECONN|timed? ?out|from versions: none|dial tcp|could ?n.?t (resolve host|connect)"
                    + "|could not (resolve host|transfer)|unknown host|unreachable|name resolution");

    private static final int SAID = 1_000;

    /** What running a program by hand leaves behind. */
    private static final Set<Path> LEFTOVERS = Stream.of(
                    "node_modules", "packages", "__pycache__", "target", "bin", "jars", "classes")
            .map(Path::of)
            .collect(Collectors.toUnmodifiableSet());

    private final UserCache cache;
    private final Consumer<String> progress;
    private final Map<Language, TestAbortedException> missing = new EnumMap<>(Language.class);

    Installation(UserCache cache, Consumer<String> progress) {
        this.cache = cache;
        this.progress = progress;
    }

    /** The registry was not reached. */
    private static final class Unreachable extends IOException {
        private static final long serialVersionUID = 1;

        Unreachable(String message) {
            super(message);
        }
    }

    /**
     * Where the language's programs run.
     *
     * @throws TestAbortedException saying what this machine lacks
     */
    synchronized Path of(Language language) {
        var before = missing.get(language);
        if (before != null) {
            throw before;
        }
        try {
            needPrograms(language);
            return cache.folder(name(language), folder -> fill(language, folder));
        } catch (TestAbortedException reason) {
            missing.put(language, reason);
            throw reason;
        } catch (UncheckedIOException e) {
            throw e.getCause() instanceof Unreachable unreachable ? missing(language, unreachable) : e;
        }
    }

    private TestAbortedException missing(Language language, Unreachable reason) {
        var aborted = new TestAbortedException(reason.getMessage());
        missing.put(language, aborted);
        return aborted;
    }

    private static void needPrograms(Language language) {
        for (var program : language.programs()) {
            if (SearchPath.find(program).isEmpty()) {
                throw new TestAbortedException("This machine has no %s on its PATH".formatted(program));
            }
        }
    }

    private void fill(Language language, Path folder) throws IOException {
        progress.accept("Preparing the drivers of %s; this happens once".formatted(language.text()));
        copy(language.sources(), folder);
        for (var line : language.fetch()) {
            fetch(line, folder);
        }
        for (var line : language.compile()) {
            var result = run(line, folder);
            if (!result.succeeded()) {
                throw new IllegalStateException(said(line, result));
            }
        }
    }

    private void fetch(List<String> line, Path folder) throws IOException {
        var result = run(line, folder);
        if (result.succeeded()) {
            return;
        }
        var said = said(line, result);
        if (UNREACHED.matcher(result.output() + result.errors()).find()) {
            throw new Unreachable("No registry was reached: " + said);
        }
        throw new IllegalStateException(said);
    }

    private Command.Result run(List<String> line, Path folder) {
        progress.accept("  " + String.join(" ", line));
        var inFolder = Stream.concat(Stream.of("env", "-C", folder.toString()), line.stream());
        return Command.of(inFolder.toList())
                .withEnvironment(Map.of(
                        "JAVA_HOME", System.getProperty("java.home"),
                        "CARGO_TARGET_DIR",
                                cache.root().resolve("drivers-rust-target").toString()))
                .withLimit(LIMIT)
                .run();
    }

    private static String said(List<String> line, Command.Result result) {
        var words = (result.output() + result.errors()).strip();
        return "%s ended with %d: %s"
                .formatted(
                        String.join(" ", line), result.exitCode(), words.substring(Math.max(0, words.length() - SAID)));
    }

    private static void copy(Path from, Path to) throws IOException {
        for (var file : files(from)) {
            var target = to.resolve(from.relativize(file));
            Files.createDirectories(target.resolveSibling("."));
            Files.copy(file, target);
        }
    }

    private static String name(Language language) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var file : files(language.sources())) {
                var path = language.sources().relativize(file);
                digest.update(path.toString().getBytes(StandardCharsets.UTF_8));
                digest.update(Files.readAllBytes(file));
            }
            return "drivers-%s-%s".formatted(language.text(), HexFormat.of().formatHex(digest.digest(), 0, 8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK knows SHA-256", e);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + language.sources(), e);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !LEFTOVERS.contains(folder.relativize(file).getName(0)))
                    .sorted()
                    .toList();
        }
    }
}
