package dev.railwaypostgres.archive.backup;

import dev.railwaypostgres.postgres.Lsn;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Checks a backup while it flows by: each archive is whole, each file is what the manifest says, each page what its own
 * checksum says.
 */
final class BackupVerifier {
    /** How many problems are named; one is enough to spoil a backup. */
    private static final int MOST_NAMED = 20;

    private final Lsn backupStart;
    private final boolean pageChecksums;
    private final Map<String, FileSum> files = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    /** @param pageChecksums whether the server keeps checksums in its pages */
    BackupVerifier(Lsn backupStart, boolean pageChecksums) {
        this.backupStart = backupStart;
        this.pageChecksums = pageChecksums;
    }

    /**
     * For one archive.
     *
     * @param prefix what a manifest puts before its paths
     */
    TarReader archive(String prefix) {
        return new TarReader(new Archive(prefix));
    }

    int files() {
        return files.size();
    }

    /** What is wrong, after the manifest has come. */
    List<String> problems(BackupManifest manifest) {
        manifest.files().forEach(this::compare);
        if (files.size() > manifest.files().size()) {
            var unknown = new HashMap<>(files);
            unknown.keySet().removeAll(manifest.files().keySet());
            unknown.keySet().forEach(path -> add(path + " is not in the manifest"));
        }
        return List.copyOf(problems);
    }

    private void compare(String path, FileSum promised) {
        var found = files.get(path);
        if (found == null) {
            add(path + " is missing");
        } else if (found.size() != promised.size()) {
            add("%s has %d bytes, not %d".formatted(path, found.size(), promised.size()));
        } else if (found.crc32c() != promised.crc32c()) {
            add(path + " has another checksum than in the manifest");
        }
    }

    private void add(String problem) {
        if (problems.size() < MOST_NAMED) {
            problems.add(problem);
        }
    }

    /** Sums up the files of one archive. */
    private final class Archive implements TarReader.Sink {
        private final String prefix;
        private final CRC32C crc = new CRC32C();
        private String path = "";
        private long size;
        private @Nullable PageChecker pages;

        Archive(String prefix) {
            this.prefix = prefix;
        }

        @Override
        public void begin(TarMember file) {
            path = file.name();
            size = file.size();
            crc.reset();
            pages = pageChecksums
                    ? RelationFile.of(path)
                            .map(relation -> new PageChecker(relation, backupStart))
                            .orElse(null)
                    : null;
        }

        @Override
        public void content(ByteBuf content) {
            crc.update(content.nioBuffer());
            if (pages != null) {
                pages.feed(content);
            }
        }

        @Override
        public void end() throws IOException {
            if (files.put(prefix + path, new FileSum(size, (int) crc.getValue())) != null) {
                throw new IOException("the archive holds a file twice: " + path);
            }
            if (pages != null && pages.damaged() > 0) {
                add("%s%s has %d damaged pages".formatted(prefix, path, pages.damaged()));
            }
        }
    }
}
