package dev.railwaypostgres.playground.binaries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserCacheTest {
    @TempDir
    private Path root;

    @Test
    void fillsAFolderOnceForAllWhoAskAtTheSameTime() {
        var fills = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var asking = IntStream.range(0, 20)
                    .mapToObj(_ -> CompletableFuture.runAsync(() -> ask(fills), threads))
                    .toArray(CompletableFuture[]::new);
            CompletableFuture.allOf(asking).join();
        }
        assertThat(fills).hasValue(1);
    }

    @Test
    void doesNotKeepAHalfFilledFolder() {
        var cache = new UserCache(root);
        assertThatThrownBy(() -> cache.folder("thing", folder -> {
                    Files.writeString(folder.resolve("half"), "x");
                    throw new IOException("disk full");
                }))
                .isInstanceOf(UncheckedIOException.class);
        var folder = cache.folder("thing", empty -> Files.writeString(empty.resolve("whole"), "x"));
        assertThat(folder).isDirectoryContaining("glob:**whole");
        assertThat(folder.resolve("half")).doesNotExist();
    }

    private void ask(AtomicInteger fills) {
        new UserCache(root).folder("thing", folder -> {
            fills.incrementAndGet();
            Files.writeString(folder.resolve("file"), "x");
        });
    }
}
