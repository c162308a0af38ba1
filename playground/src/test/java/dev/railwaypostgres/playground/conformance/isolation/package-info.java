/**
 * Whether one client can see what another has done to the server connection they share: random clients that change all they
 * can, and others that look. May use {@code scene} and {@code wire}.
 */
@NullMarked
package dev.railwaypostgres.playground.conformance.isolation;

import org.jspecify.annotations.NullMarked;
