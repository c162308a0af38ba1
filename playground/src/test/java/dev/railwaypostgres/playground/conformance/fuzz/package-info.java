/**
 * Clients that say anything, at any moment, and vanish at any byte. Nothing escapes, nothing leaks, nobody else notices. May
 * use {@code scene} and {@code wire}.
 */
@NullMarked
package dev.railwaypostgres.playground.conformance.fuzz;

import org.jspecify.annotations.NullMarked;
