/**
 * Server connections: who may have one, when, and how it is made. One pool for each database, on one event loop, so nothing
 * here is guarded by locks. May use {@code wake}, {@code relay}, {@code route} and the protocol.
 */
@NullMarked
package dev.railwaypostgres.proxy.pool;

import org.jspecify.annotations.NullMarked;
