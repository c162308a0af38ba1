/**
 * Asking the operator for a wake: once for all who wait, and again while they wait. Knows no sessions.
 */
@NullMarked
package dev.railwaypostgres.proxy.wake;

import org.jspecify.annotations.NullMarked;
