package dev.railwaypostgres.postgres.replication;

import java.util.regex.Pattern;

/** Names a replication slot: up to 63 small letters, digits and underscores. */
public record SlotName(String value) {
    private static final Pattern SHAPE = Pattern.compile("[a-z0-9_]{1,63}");

    public SlotName {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "a slot is named by small letters, digits and underscores, not: " + value);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
