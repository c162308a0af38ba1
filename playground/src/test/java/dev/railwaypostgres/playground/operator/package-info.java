/** The operator against a real API server, a simulated Railway and real Postgres; no proxy. */
@NullMarked
package dev.railwaypostgres.playground.operator;

import org.jspecify.annotations.NullMarked;
