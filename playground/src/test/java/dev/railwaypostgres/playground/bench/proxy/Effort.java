package dev.railwaypostgres.playground.bench.proxy;

/**
 * How long to look.
 *
 * @param rounds of each contest
 * @param seconds of one run within a round
 * @param warmUp seconds before a contest, each contender
 * @param firstWarmUp seconds before the first contest of a proxy, until it is compiled
 * @param isWhole all that can be measured, not only what tells most
 */
record Effort(int rounds, int seconds, int warmUp, int firstWarmUp, boolean isWhole) {
    static final Effort QUICK = new Effort(3, 1, 1, 5, false);
    static final Effort FULL = new Effort(5, 3, 3, 10, true);
}
