package dev.railwaypostgres.playground.bench.proxy;

/** What is read off one run. */
enum Measure {
    /** Of the pooler's process, user and system. */
    CPU("CPU µs each"),
    RATE("per second"),
    P50("p50 µs"),
    P99("p99 µs"),
    MEGABYTES("MB/s"),
    CPU_PER_MEGABYTE("CPU ms per MB"),
    /** The time that nothing could do without. */
    TIMES_IDEAL("x ideal"),
    BYTES_PER_CLIENT("bytes a client"),
    RESIDENT_MEGABYTES("MB resident"),
    SECONDS("s"),
    MILLISECONDS("ms");

    final String unit;

    Measure(String unit) {
        this.unit = unit;
    }
}
