/**
 * Messages after the startup packet, in both directions: finding their borders in a stream without collecting it, and
 * reading and writing those that somebody decides upon. May use the package above and Netty's buffers.
 *
 * <p>{@link dev.railwaypostgres.postgres.message.MessageFramer} is the hot path: what merely passes through costs no
 * allocation and no copy. The decoders make records and are for the few messages that are looked into.
 */
@NullMarked
package dev.railwaypostgres.postgres.message;

import org.jspecify.annotations.NullMarked;
