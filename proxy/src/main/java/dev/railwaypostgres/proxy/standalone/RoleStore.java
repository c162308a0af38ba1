package dev.railwaypostgres.proxy.standalone;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps {@link KeptRoles} in a folder, one file for each database that only this user may read. A file is replaced as a
 * whole or not at all.
 */
final class RoleStore {
    private static final Logger LOG = LoggerFactory.getLogger(RoleStore.class);
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private final @Nullable Path folder;

    private RoleStore(@Nullable Path folder) {
        this.folder = folder;
    }

    /**
     * @param folder null: nothing outlives this process
     * @throws IOException when nothing can be kept there
     */
    static RoleStore in(@Nullable Path folder) throws IOException {
        if (folder != null) {
            Files.createDirectories(folder);
            Files.delete(newFile(folder));
        }
        return new RoleStore(folder);
    }

    /** What was kept last; what cannot be read counts as not kept. */
    Optional<KeptRoles> load(String database) {
        if (folder == null || !Files.exists(file(folder, database))) {
            return Optional.empty();
        }
        try {
            var kept = JSON.readValue(file(folder, database).toFile(), KeptRoles.class);
            var _ = kept.snapshot();
            return Optional.of(kept);
        } catch (IOException | IllegalArgumentException | DateTimeParseException e) {
            // The cause may quote the content.
            LOG.atWarn()
                    .addKeyValue("file", file(folder, database))
                    .addKeyValue("cause", e.getClass().getSimpleName())
                    .log("what was kept of roles cannot be read; the first login wakes the database");
            return Optional.empty();
        }
    }

    /** @throws IOException when it cannot be kept; what was kept before still is */
    void save(String database, KeptRoles roles) throws IOException {
        if (folder != null) {
            var file = newFile(folder);
            try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.write(java.nio.ByteBuffer.wrap(JSON.writeValueAsBytes(roles)));
                channel.force(true);
            }
            Files.move(file, file(folder, database), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static Path file(Path folder, String database) {
        return folder.resolve(database + ".roles.json");
    }

    /** Nobody else may read it, from its first moment on. */
    private static Path newFile(Path folder) throws IOException {
        return Files.createTempFile(
                folder,
                "new",
                ".roles.json",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
}
