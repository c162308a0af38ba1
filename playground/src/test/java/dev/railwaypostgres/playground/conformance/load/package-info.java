/**
 * What no script can say: many at once, much at once, and all of that slowly. May use {@code scene} and {@code wire}.
 */
@NullMarked
package dev.railwaypostgres.playground.conformance.load;

import org.jspecify.annotations.NullMarked;
