package dev.railwaypostgres.archive.server;

import dev.railwaypostgres.postgres.Lsn;
import dev.railwaypostgres.postgres.SqlState;
import dev.railwaypostgres.postgres.Timeline;
import dev.railwaypostgres.postgres.replication.BackupOptions;
import dev.railwaypostgres.postgres.replication.ReplicationCommand;
import dev.railwaypostgres.postgres.replication.SlotName;
import java.util.Locale;

/** Reads what Postgres' programs ask a walsender, in the words of Postgres 15 and newer. */
final class CommandReader {
    private CommandReader() {}

    /**
     * @throws Refusal for what we do not serve, and what Postgres would not understand either
     */
    static ReplicationCommand read(String text) throws Refusal {
        var words = Words.of(text);
        try {
            var command = command(words);
            words.end();
            return command;
        } catch (IllegalArgumentException e) {
            throw Words.syntaxError();
        }
    }

    private static ReplicationCommand command(Words words) throws Refusal {
        return switch (words.keyword()) {
            case "IDENTIFY_SYSTEM" -> new ReplicationCommand.IdentifySystem();
            case "SHOW" -> new ReplicationCommand.Show(words.next().toLowerCase(Locale.ROOT));
            case "TIMELINE_HISTORY" -> new ReplicationCommand.History(Timeline.parse(words.next()));
            case "READ_REPLICATION_SLOT" -> new ReplicationCommand.ReadSlot(new SlotName(words.next()));
            case "CREATE_REPLICATION_SLOT" -> createSlot(words);
            case "START_REPLICATION" -> startReplication(words);
            case "BASE_BACKUP" -> baseBackup(words);
            case "SELECT", "WITH", "VALUES", "BEGIN" ->
                throw notServed("an archive runs no statements, only replication commands");
            default -> throw Words.syntaxError();
        };
    }

    private static ReplicationCommand createSlot(Words words) throws Refusal {
        var slot = new SlotName(words.next());
        boolean temporary = words.take("TEMPORARY");
        if (!words.take("PHYSICAL")) {
            throw notServed("an archive has no logical replication");
        }
        if (words.take("(")) {
            words.expect("RESERVE_WAL");
            words.expect(")");
        } else {
            words.take("RESERVE_WAL");
        }
        return new ReplicationCommand.CreateSlot(slot, temporary);
    }

    private static ReplicationCommand startReplication(Words words) throws Refusal {
        var slot = words.take("SLOT") ? new SlotName(words.next()) : null;
        if (words.take("LOGICAL")) {
            throw notServed("an archive has no logical replication");
        }
        words.take("PHYSICAL");
        var start = Lsn.parse(words.next());
        var timeline = words.take("TIMELINE") ? Timeline.parse(words.next()) : null;
        return new ReplicationCommand.StartReplication(slot, start, timeline);
    }

    private static ReplicationCommand baseBackup(Words words) throws Refusal {
        var options = new BackupOptions("", false, false, false, false, 0);
        if (words.take("(")) {
            do {
                options = with(words.keyword(), options, words);
            } while (words.take(","));
            words.expect(")");
        }
        return new ReplicationCommand.BaseBackup(options);
    }

    /** What concerns a living server only is taken and has no effect: there is nothing to hold up or to wait for. */
    private static BackupOptions with(String name, BackupOptions options, Words words) throws Refusal {
        var value = words.atEndOfOption() ? "true" : words.next();
        return switch (name) {
            case "WAL" -> options.withWal(isTrue(value));
            case "PROGRESS" -> options.withProgress(isTrue(value));
            case "MANIFEST" -> options.withManifest(!value.equals("no"));
            case "LABEL",
                    "CHECKPOINT",
                    "WAIT",
                    "TABLESPACE_MAP",
                    "VERIFY_CHECKSUMS",
                    "MAX_RATE",
                    "MANIFEST_CHECKSUMS" -> options;
            case "TARGET" -> only(value, "client", options, "an archive sends backups to its client only");
            case "COMPRESSION" -> only(value, "none", options, "an archive does not compress what it sends");
            case "INCREMENTAL" -> throw notServed("an archive serves full backups only");
            default ->
                throw new Refusal(
                        SqlState.SYNTAX_ERROR,
                        "unrecognized base backup option: \"%s\"".formatted(name.toLowerCase(Locale.ROOT)));
        };
    }

    private static BackupOptions only(String value, String served, BackupOptions options, String why) throws Refusal {
        if (!value.equals(served)) {
            throw notServed(why);
        }
        return options;
    }

    private static boolean isTrue(String value) {
        return !value.equals("false") && !value.equals("off") && !value.equals("0");
    }

    private static Refusal notServed(String why) {
        return new Refusal(SqlState.FEATURE_NOT_SUPPORTED, why);
    }
}
