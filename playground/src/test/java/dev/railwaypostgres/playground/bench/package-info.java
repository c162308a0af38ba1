/**
 * What waking, suspending, logging in and doing nothing cost, measured on a whole playground: {@link
 * dev.railwaypostgres.playground.bench.Bench} prints figures beside their bars, and tests assert those that are counts.
 *
 * <p>May use everything of the playground. What the program uses is free of the test libraries.
 */
@NullMarked
package dev.railwaypostgres.playground.bench;

import org.jspecify.annotations.NullMarked;
