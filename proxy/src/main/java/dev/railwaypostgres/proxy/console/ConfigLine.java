package dev.railwaypostgres.proxy.console;

import org.jspecify.annotations.Nullable;

/**
 * A setting of the process as {@code SHOW CONFIG} shows it.
 *
 * @param usual what it is when nothing is said; null: nothing
 */
public record ConfigLine(
        String key, @Nullable String value, @Nullable String usual) {}
