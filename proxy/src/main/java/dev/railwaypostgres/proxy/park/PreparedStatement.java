package dev.railwaypostgres.proxy.park;

import dev.railwaypostgres.postgres.BodyReader;
import dev.railwaypostgres.postgres.Bytes;
import dev.railwaypostgres.postgres.message.StatementClass;
import io.netty.buffer.Unpooled;

/**
 * A prepared statement by its content, whatever clients call it: one for all clients that prepare the same.
 *
 * @param key by which it is known, held here for as long as it is in use
 * @param content the body of its {@code Parse} message behind the name: text and types of parameters
 * @param name what servers call it
 * @param kind what it does, in a word
 * @param isPing it selects a number and nothing else, without parameters
 */
public record PreparedStatement(
        Object key, Bytes content, String name, SessionEffects effects, StatementClass kind, boolean isPing) {
    public String text() {
        return new BodyReader(Unpooled.wrappedBuffer(content.toArray())).readText();
    }

    /** Only itself: what has been retired is another one than its successor. */
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
