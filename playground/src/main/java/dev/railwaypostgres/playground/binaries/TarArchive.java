package dev.railwaypostgres.playground.binaries;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** Unpacks {@code .tar.xz} with its symbolic links and execute bits; Java's own library knows neither. */
final class TarArchive {
    private static final Set<PosixFilePermission> PROGRAM = PosixFilePermissions.fromString("rwxr-xr-x");
    private static final int OWNER_EXECUTES = 0100;

    private TarArchive() {}

    static void unpackXz(InputStream compressed, Path folder) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZCompressorInputStream(compressed))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(entry, tar, folder);
            }
        }
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path folder) throws IOException {
        var target = folder.resolve(entry.getName()).normalize();
        if (!target.startsWith(folder)) {
            throw new IOException("An archive entry points outside its folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.resolveSibling("."));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else {
            writeFile(entry, content, target);
        }
    }

    private static void writeFile(TarArchiveEntry entry, InputStream content, Path target) throws IOException {
        Files.copy(content, target);
        if ((entry.getMode() & OWNER_EXECUTES) != 0) {
            Files.setPosixFilePermissions(target, PROGRAM);
        }
    }
}
