package dev.railwaypostgres.playground.simulator.railway;

import org.jspecify.annotations.Nullable;

/** What a root field does: the answer is a scalar, a map with the fields of its type, or a list of them. */
@FunctionalInterface
interface Operation {
    @Nullable
    Object run(Call call);
}
