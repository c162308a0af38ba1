/**
 * Programs of others that the playground runs: where Postgres' own binaries come from, where they are kept, and how a child process is
 * started so that it never outlives this one. Uses nothing else of ours; the simulators may use it.
 */
@NullMarked
package dev.railwaypostgres.playground.binaries;

import org.jspecify.annotations.NullMarked;
