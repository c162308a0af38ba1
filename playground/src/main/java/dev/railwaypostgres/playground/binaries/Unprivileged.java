package dev.railwaypostgres.playground.binaries;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Postgres refuses to run as root. A user namespace without a mapping satisfies it and keeps all files as they are; where namespaces are
 * forbidden, the program gets another user, to whom its folder is given.
 */
enum Unprivileged {
    AS_IS,
    USER_NAMESPACE,
    OTHER_USER;

    static Unprivileged ofThisMachine() {
        return OfThisMachine.WAY;
    }

    List<String> prefix() {
        return switch (this) {
            case AS_IS -> List.of();
            case USER_NAMESPACE -> List.of("unshare", "-U");
            case OTHER_USER -> List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
        };
    }

    /** Makes everything below the folder usable for the program. */
    void give(Path folder) {
        if (this != OTHER_USER) {
            return;
        }
        try (var entries = Files.walk(folder)) {
            for (var entry : entries.toList()) {
                Files.setAttribute(entry, "unix:uid", 65534);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot give " + folder + " to the unprivileged user", e);
        }
    }

    private static final class OfThisMachine {
        static final Unprivileged WAY = find();

        private static Unprivileged find() {
            if (!"root".equals(System.getProperty("user.name"))) {
                return AS_IS;
            }
            return works(USER_NAMESPACE.prefix()) ? USER_NAMESPACE : OTHER_USER;
        }

        private static boolean works(List<String> prefix) {
            var command = Stream.concat(prefix.stream(), Stream.of("true")).toList();
            try {
                var process = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
                return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
            } catch (IOException _) {
                return false;
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }
}
