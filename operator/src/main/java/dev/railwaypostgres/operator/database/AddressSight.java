package dev.railwaypostgres.operator.database;

import dev.railwaypostgres.sleep.compute.ComputeAddress;

/** What is known of a compute's public address. */
public sealed interface AddressSight {
    record NotLooked() implements AddressSight {}

    /** There is no TCP proxy. */
    record Missing() implements AddressSight {}

    /** There is one that does not forward yet. */
    record Opening() implements AddressSight {}

    record Open(ComputeAddress address) implements AddressSight {}
}
