package dev.railwaypostgres.postgres.socket;

import io.netty.buffer.ByteBuf;

/**
 * One message as it came.
 *
 * @param body a view that is valid until the channel is asked for the next one
 */
public record Frame(byte tag, ByteBuf body) {}
