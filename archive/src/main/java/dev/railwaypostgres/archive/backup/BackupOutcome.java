package dev.railwaypostgres.archive.backup;

import java.util.List;

/** How a backup ended that ran to its end. */
public sealed interface BackupOutcome {
    /** All is stored and right; {@link BackupTaker#commit} makes it a backup once the log is safe up to its stop. */
    record Sound(BackupRecord record) implements BackupOutcome {}

    /** All is stored, but no backup: the server or the way to us has spoilt it. */
    record Damaged(BackupId id, List<String> problems) implements BackupOutcome {
        public Damaged {
            problems = List.copyOf(problems);
        }
    }
}
