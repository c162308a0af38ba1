package dev.railwaypostgres.operator.api;

import java.util.Optional;

/** Tells who calls. */
@FunctionalInterface
interface Callers {
    /** The user that the token belongs to; empty if it is not valid, or not meant for us. Blocks. */
    Optional<String> userOf(String token);
}
