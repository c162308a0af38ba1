/** The operator's SQL against real computes: the image's own entrypoint with Postgres of every version. */
@NullMarked
package dev.railwaypostgres.playground.compute;

import org.jspecify.annotations.NullMarked;
