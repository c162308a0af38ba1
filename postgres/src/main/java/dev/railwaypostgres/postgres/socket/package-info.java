/**
 * The protocol over a blocking socket, for threads that have nothing else to do: virtual ones. Both sides of it, since we
 * are a client to databases and a server to those who restore. May use the messages, the startup packets and the
 * package above; decides nothing.
 */
@NullMarked
package dev.railwaypostgres.postgres.socket;

import org.jspecify.annotations.NullMarked;
