/**
 * The packets before the first message: requests for encryption, cancel requests, the startup message; read and written,
 * since we are a server to clients and a client to servers. May use the package above and Netty's buffers.
 */
@NullMarked
package dev.railwaypostgres.postgres.startup;

import org.jspecify.annotations.NullMarked;
