package dev.railwaypostgres.playground.binaries;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Optional;

/** Folders made once per user and shared by all checkouts. A folder that exists is complete: it is filled aside and renamed. */
public record UserCache(Path root) {
    private static final Object ONE_THREAD_AT_A_TIME = new Object();

    /** The folder for what takes long to make. */
    @FunctionalInterface
    public interface Filler {
        void fill(Path emptyFolder) throws IOException;
    }

    /** {@code PLAYGROUND_CACHE}, else the desktop convention's cache folder. */
    public static UserCache standard() {
        var own = Optional.ofNullable(System.getenv("PLAYGROUND_CACHE")).map(Path::of);
        var shared = Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"));
        return new UserCache(own.orElseGet(() -> shared.resolve("railway-postgres")));
    }

    /** The folder of that name, filled by whoever asks first, be it another process. */
    public Path folder(String name, Filler filler) {
        var folder = root.resolve(name);
        if (Files.isDirectory(folder)) {
            return folder;
        }
        synchronized (ONE_THREAD_AT_A_TIME) {
            return fillLocked(folder, filler);
        }
    }

    private Path fillLocked(Path folder, Filler filler) {
        try {
            Files.createDirectories(root);
            try (var channel = FileChannel.open(
                            root.resolve(folder.getFileName() + ".lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
                    var _ = channel.lock()) {
                return Files.isDirectory(folder) ? folder : fill(folder, filler);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot prepare " + folder, e);
        }
    }

    private Path fill(Path folder, Filler filler) throws IOException {
        var aside = root.resolve(folder.getFileName() + ".new");
        delete(aside);
        Files.createDirectories(aside);
        filler.fill(aside);
        return Files.move(aside, folder, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var entries = Files.walk(folder)) {
            for (var entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(entry);
            }
        }
    }
}
