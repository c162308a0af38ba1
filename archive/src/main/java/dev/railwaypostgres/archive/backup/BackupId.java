package dev.railwaypostgres.archive.backup;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names a backup within its archive. Tells a person when it began; programs order backups by their positions. */
public record BackupId(String value) {
    private static final Pattern SHAPE = Pattern.compile("[0-9A-Za-z][0-9A-Za-z.-]{0,99}");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    public BackupId {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("a backup is named by letters, digits, dots and dashes, not: " + value);
        }
    }

    public static BackupId at(Instant begin) {
        return new BackupId(TIME.format(begin));
    }

    /** The name of one of its objects. */
    String object(String name) {
        return "backups/" + value + "/" + name;
    }

    @Override
    public String toString() {
        return value;
    }
}
