package dev.railwaypostgres.archive.backup;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A file whose pages have checksums: tables, indexes and their maps.
 *
 * @param firstBlock number of its first page within the relation, which is cut into files of 1 GiB
 */
record RelationFile(long firstBlock) {
    private static final long BLOCKS_IN_FILE = (1L << 30) / PageChecksum.PAGE;
    private static final Pattern SHAPE =
            Pattern.compile("(?:global|base/\\d+|PG_\\d+_\\d+/\\d+)/\\d+(?:_(?:fsm|vm|init))?(?:\\.(\\d{1,9}))?");

    /** By its path in an archive. */
    static Optional<RelationFile> of(String path) {
        var matcher = SHAPE.matcher(path);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var segment = Optional.ofNullable(matcher.group(1)).map(Long::parseLong).orElse(0L);
        return Optional.of(new RelationFile(segment * BLOCKS_IN_FILE));
    }
}
