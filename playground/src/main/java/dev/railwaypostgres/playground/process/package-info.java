/**
 * Running other programs: commands that end, children that stay, and ports that are the same after a restart. Children are started by
 * the {@code binaries} package's nursery, so that none outlives this process. Uses nothing else of ours.
 */
@NullMarked
package dev.railwaypostgres.playground.process;

import org.jspecify.annotations.NullMarked;
