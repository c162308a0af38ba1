/**
 * Whether a client can tell the proxy from Postgres: the same script is run with both, and what its clients hear has to be
 * the same. The scripts are files; {@code docs/conformance.md} says what is covered by which.
 */
@NullMarked
package dev.railwaypostgres.playground.conformance;

import org.jspecify.annotations.NullMarked;
