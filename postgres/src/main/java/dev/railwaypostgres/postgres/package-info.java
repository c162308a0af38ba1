/**
 * The words of Postgres' protocol that all its parts share: positions in the log, error codes, keys, raw bytes.
 *
 * <p>The packages below this one speak the protocol over Netty's {@link io.netty.buffer.ByteBuf} and know no sockets, no
 * threads and no clock, so everything in them can be tested and fuzzed alone; but for two, which carry it over blocking
 * sockets: {@code socket} and {@code replication}. This one uses none of them.
 */
@NullMarked
package dev.railwaypostgres.postgres;

import org.jspecify.annotations.NullMarked;
