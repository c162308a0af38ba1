package dev.railwaypostgres.postgres.replication;

import java.util.Optional;

/**
 * A part of a base backup.
 *
 * @param id object id; empty for the data directory
 * @param location where it lies on the server; empty for the data directory
 * @param kilobytes estimated; 0 when no progress was asked for
 */
public record Tablespace(Optional<String> id, Optional<String> location, long kilobytes) {
    static Tablespace of(Row row) {
        return new Tablespace(
                row.optionalText(0),
                row.optionalText(1),
                row.optionalText(2).map(Long::parseLong).orElse(0L));
    }

    /** The name of its archive. */
    public String archive() {
        return id.orElse("base") + ".tar";
    }
}
