package dev.railwaypostgres.archive.backup;

import dev.railwaypostgres.postgres.SystemIdentifier;
import dev.railwaypostgres.postgres.replication.ReplicationConnection;

/**
 * What a restore must know of the server that was backed up.
 *
 * @param version as a number, 170011 for 17.11; {@code versionText} as it says it
 * @param walSegmentSize in bytes
 * @param pageChecksums whether its pages carry checksums
 */
public record ServerFacts(
        SystemIdentifier system, int version, String versionText, long walSegmentSize, boolean pageChecksums) {

    public static ServerFacts of(ReplicationConnection connection) {
        return new ServerFacts(
                connection.identify().system(),
                connection.version(),
                connection.show("server_version"),
                bytes(connection.show("wal_segment_size")),
                connection.show("data_checksums").equals("on")
                        && connection.show("block_size").equals(Integer.toString(PageChecksum.PAGE)));
    }

    public int major() {
        return version / 10_000;
    }

    /** Reads {@code 16MB}, as {@code SHOW} prints sizes. */
    static long bytes(String text) {
        long number = Long.parseLong(text.replaceAll("\\D", ""));
        return switch (text.replaceAll("\\d", "")) {
            case "B", "" -> number;
            case "kB" -> number << 10;
            case "MB" -> number << 20;
            case "GB" -> number << 30;
            default -> throw new IllegalArgumentException("a size has another unit than we know: " + text);
        };
    }
}
