package dev.railwaypostgres.postgres.replication;

import dev.railwaypostgres.postgres.Bytes;
import dev.railwaypostgres.postgres.ProtocolViolation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One row of an answer, in text format. Columns count from 0. */
public record Row(List<@Nullable Bytes> values) {
    public Row {
        values = Collections.unmodifiableList(new ArrayList<@Nullable Bytes>(values));
    }

    /** Empty for NULL. */
    public Optional<Bytes> bytes(int column) {
        if (column >= values.size()) {
            throw new ProtocolViolation("the answer has too few columns");
        }
        return Optional.ofNullable(values.get(column));
    }

    /** Empty for NULL. */
    public Optional<String> optionalText(int column) {
        return bytes(column).map(Bytes::toText);
    }

    /**
     * @throws ProtocolViolation for NULL
     */
    public String text(int column) {
        return optionalText(column).orElseThrow(() -> new ProtocolViolation("the answer lacks a value"));
    }
}
