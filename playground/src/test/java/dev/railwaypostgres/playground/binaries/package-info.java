/** Tests of programs that are fetched, unpacked and started. */
@NullMarked
package dev.railwaypostgres.playground.binaries;

import org.jspecify.annotations.NullMarked;
