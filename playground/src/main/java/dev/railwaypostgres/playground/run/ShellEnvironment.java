package dev.railwaypostgres.playground.run;

import dev.railwaypostgres.playground.kubernetes.SearchPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A file to source: it points kubectl and helm at the playground, and adds the tools that this machine lacks. */
record ShellEnvironment(Home home, Path kubeconfig) {
    /** Writes the file; {@code tools} are programs by the name under which a person calls them. */
    void write(Map<String, String> tools) {
        try {
            Files.createDirectories(home.tools());
            for (var tool : tools.entrySet()) {
                var link = home.tools().resolve(tool.getKey());
                Files.deleteIfExists(link);
                if (SearchPath.find(tool.getKey()).isEmpty()) {
                    Files.createSymbolicLink(link, Path.of(tool.getValue()));
                }
            }
            Files.writeString(home.environment(), """
                    # Source this file: . %s
                    export KUBECONFIG=%s
                    export PATH="$PATH":%s
                    """.formatted(
                            quoted(home.environment()), quoted(kubeconfig), quoted(home.tools())));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + home.environment(), e);
        }
    }

    /** As one word of a shell, whatever is in it. */
    static String quoted(Path path) {
        var text = path.toString();
        return text.matches("[\\w./-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
