package dev.railwaypostgres.playground.restore;

import dev.railwaypostgres.archive.backup.BackupObjects;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A bucket in a folder. */
final class FolderObjects implements BackupObjects {
    private final Path folder;

    FolderObjects(Path folder) {
        this.folder = folder;
    }

    @Override
    public PartedObject begin(String name) throws IOException {
        var file = path(name);
        var unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        Files.createFile(unfinished);
        return new PartedObject() {
            @Override
            public void add(byte[] part) throws IOException {
                Files.write(unfinished, part, StandardOpenOption.APPEND);
            }

            @Override
            public void complete() throws IOException {
                Files.move(unfinished, file);
            }

            @Override
            public void abort() {
                unfinished.toFile().delete();
            }
        };
    }

    @Override
    public void put(String name, byte[] content) throws IOException {
        Files.write(path(name), content, StandardOpenOption.CREATE_NEW);
    }

    @Override
    public InputStream read(String name) throws IOException {
        return Files.newInputStream(path(name));
    }

    Path path(String name) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return file;
    }
}
