package dev.railwaypostgres.playground.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** What was asked for on the command line. */
record Options(boolean isStatus, Path repository, Optional<Path> home, Optional<Path> kubeconfig) {
    static final String USAGE = """
            Usage: ./run playground [--home FOLDER] [--kubeconfig FILE]
                   ./run status     [--home FOLDER]

              --home FOLDER      where everything is kept (.playground)
              --kubeconfig FILE  use this cluster instead of starting one; the chart is installed into it""";

    /** @throws IllegalArgumentException with a sentence for the person who typed it */
    static Options parse(List<String> arguments) {
        var words = arguments.iterator();
        var options = new Options(isStatus(words), Path.of("").toAbsolutePath(), Optional.empty(), Optional.empty());
        while (words.hasNext()) {
            options = options.with(words.next(), words);
        }
        return options;
    }

    Path homeFolder() {
        return home.orElseGet(() -> repository.resolve(".playground"));
    }

    private Options with(String option, Iterator<String> words) {
        return switch (option) {
            case "--repository" -> new Options(isStatus, value(option, words), home, kubeconfig);
            case "--home" -> new Options(isStatus, repository, Optional.of(value(option, words)), kubeconfig);
            case "--kubeconfig" -> new Options(isStatus, repository, home, Optional.of(file(option, words)));
            default -> throw new IllegalArgumentException("What is " + option + "?");
        };
    }

    private static boolean isStatus(Iterator<String> words) {
        if (!words.hasNext()) {
            throw new IllegalArgumentException("playground or status?");
        }
        var command = words.next();
        return switch (command) {
            case "playground" -> false;
            case "status" -> true;
            default -> throw new IllegalArgumentException("What is " + command + "?");
        };
    }

    private static Path file(String option, Iterator<String> words) {
        var file = value(option, words);
        if (!Files.isReadable(file)) {
            throw new IllegalArgumentException("There is no " + file + " that can be read");
        }
        return file;
    }

    private static Path value(String option, Iterator<String> words) {
        if (!words.hasNext()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return Path.of(words.next()).toAbsolutePath();
    }
}
