/**
 * One Postgres, and proxies before it, each with a database and a gate of its own, so that many scripts run at once. The
 * test plays the operator. May use {@code wire}.
 */
@NullMarked
package dev.railwaypostgres.playground.conformance.scene;

import org.jspecify.annotations.NullMarked;
