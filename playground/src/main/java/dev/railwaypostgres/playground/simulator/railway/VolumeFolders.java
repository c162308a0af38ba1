package dev.railwaypostgres.playground.simulator.railway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The disks: a folder for each volume instance. */
final class VolumeFolders {
    private static final double BYTES_PER_MB = 1e6;

    private final Path root;
    private final Map<String, Double> measured = new ConcurrentHashMap<>();

    VolumeFolders(Path root) {
        this.root = root;
    }

    /** The volume instance's folder, made when it is not there yet. */
    Path of(Row.VolumeInstance volume) {
        return folder(volume.id());
    }

    /** An empty folder for a container without a volume. */
    Path ephemeral(String deploymentId) {
        delete(deploymentId);
        return folder(deploymentId);
    }

    void delete(String id) {
        measured.remove(id);
        var folder = root.resolve(id);
        try {
            Files.walkFileTree(folder, new Deleting());
        } catch (NoSuchFileException _) {
            // Nothing was ever written to it, or it is already gone.
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + folder, e);
        }
    }

    /** What the last {@link #measure} found: walking all disks at each question would make hundreds of sleeping ones expensive. */
    double usedMB(Row.VolumeInstance volume) {
        return measured.computeIfAbsent(volume.id(), this::walk);
    }

    /** Looks anew, since the disk may have changed. */
    void measure(Row.VolumeInstance volume) {
        measured.put(volume.id(), walk(volume.id()));
    }

    private Path folder(String id) {
        try {
            return Files.createDirectories(root.resolve(id));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make the folder of a volume", e);
        }
    }

    private double walk(String id) {
        var folder = root.resolve(id);
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        var sum = new Summing();
        try {
            Files.walkFileTree(folder, sum);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot measure " + folder, e);
        }
        return sum.bytes / BYTES_PER_MB;
    }

    /** Files come and go while a database runs. */
    private static class Tolerant extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }
    }

    private static final class Summing extends Tolerant {
        private long bytes;

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            bytes += attributes.size();
            return FileVisitResult.CONTINUE;
        }
    }

    private static final class Deleting extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
            if (failure != null) {
                throw failure;
            }
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
