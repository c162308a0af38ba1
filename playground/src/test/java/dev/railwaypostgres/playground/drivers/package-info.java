/**
 * Drivers as people use them, with their pools, against a database that sleeps and wakes behind the proxy. The programs are in
 * {@code src/test/drivers}, written in each driver's own manner; here is what tells them apart, runs them and judges what they say.
 */
@NullMarked
package dev.railwaypostgres.playground.drivers;

import org.jspecify.annotations.NullMarked;
