package dev.railwaypostgres.postgres.replication;

import dev.railwaypostgres.postgres.Lsn;
import dev.railwaypostgres.postgres.Timeline;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** What a walsender can be asked for, as far as anybody here asks or is asked. */
public sealed interface ReplicationCommand {
    record IdentifySystem() implements ReplicationCommand {}

    record Show(String setting) implements ReplicationCommand {}

    /** A physical slot that keeps the log from now on; a temporary one ends with the connection. */
    record CreateSlot(SlotName slot, boolean temporary) implements ReplicationCommand {}

    record ReadSlot(SlotName slot) implements ReplicationCommand {}

    record DropSlot(SlotName slot) implements ReplicationCommand {}

    record History(Timeline timeline) implements ReplicationCommand {}

    /**
     * @param slot null to follow without one
     * @param timeline null for the server's newest
     */
    record StartReplication(
            @Nullable SlotName slot, Lsn start, @Nullable Timeline timeline) implements ReplicationCommand {}

    record BaseBackup(BackupOptions options) implements ReplicationCommand {}

    /** As it is sent. */
    default String text() {
        return switch (this) {
            case IdentifySystem _ -> "IDENTIFY_SYSTEM";
            case Show(String setting) -> "SHOW " + setting;
            case CreateSlot(SlotName slot, boolean temporary) ->
                "CREATE_REPLICATION_SLOT %s%s PHYSICAL (RESERVE_WAL)".formatted(slot, temporary ? " TEMPORARY" : "");
            case ReadSlot(SlotName slot) -> "READ_REPLICATION_SLOT " + slot;
            case DropSlot(SlotName slot) -> "DROP_REPLICATION_SLOT " + slot;
            case History(Timeline timeline) -> "TIMELINE_HISTORY " + timeline;
            case StartReplication start -> text(start);
            case BaseBackup(BackupOptions options) -> "BASE_BACKUP (" + text(options) + ")";
        };
    }

    private static String text(StartReplication start) {
        return "START_REPLICATION %sPHYSICAL %s%s"
                .formatted(
                        start.slot() == null ? "" : "SLOT " + start.slot() + " ",
                        start.start(),
                        start.timeline() == null ? "" : " TIMELINE " + start.timeline());
    }

    /** Without {@code WAIT 0} the server would wait for its own {@code archive_command}. */
    private static String text(BackupOptions options) {
        var words = new ArrayList<String>();
        words.add("LABEL '" + options.label().replace("'", "''") + "'");
        words.add("CHECKPOINT '" + (options.fastCheckpoint() ? "fast" : "spread") + "'");
        words.add("WAIT 0");
        words.add("TABLESPACE_MAP");
        words.add("TARGET 'client'");
        words.add("MANIFEST '" + (options.manifest() ? "yes" : "no") + "'");
        if (options.progress()) {
            words.add("PROGRESS");
        }
        if (options.wal()) {
            words.add("WAL");
        }
        if (options.maxRate() > 0) {
            words.add("MAX_RATE " + options.maxRate());
        }
        return String.join(", ", words);
    }
}
