package dev.railwaypostgres.playground.drivers;

/** How a step went. */
record Report(Step step, Outcome outcome, String detail) {
    enum Outcome {
        WORKS,
        /** The driver has no such thing. */
        LACKS,
        FAILS
    }
}
