/**
 * The administrators' console, which speaks as PgBouncer's does: a client that connects to the database {@code pgbouncer}
 * sees what goes on, and may stop and go. What is asked here wakes no database and counts as nobody's activity. May use
 * {@code session}, {@code pool}, {@code route} and what those use; is used by {@code server} and by the proxy's own
 * settings.
 */
@NullMarked
package dev.railwaypostgres.proxy.console;

import org.jspecify.annotations.NullMarked;
