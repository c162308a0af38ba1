/**
 * When a database goes to sleep and wakes. {@link dev.railwaypostgres.sleep.SleepPlanner} decides it alone: a pure function
 * that knows neither Kubernetes nor Railway's client nor a socket, so that every interleaving of it with the world can be
 * tried. Whoever keeps databases on Railway looks and acts for it, and remembers its {@link
 * dev.railwaypostgres.sleep.SleepState}. May use the values of {@code compute}.
 */
@NullMarked
package dev.railwaypostgres.sleep;

import org.jspecify.annotations.NullMarked;
