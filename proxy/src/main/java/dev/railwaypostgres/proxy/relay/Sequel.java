package dev.railwaypostgres.proxy.relay;

import org.jspecify.annotations.Nullable;

/**
 * What follows from the answer to one message: called when its turn has come, in the order of the questions, or dropped when
 * the server connection ends before.
 */
public interface Sequel {
    /** One of the message's statements has run. */
    default void commandCompleted(String tag) {}

    /** The server has done as the message says. */
    default void done() {}

    /** The server has refused it, or has passed over it because of an error before. */
    default void failed() {}

    /** A name that the server knows otherwise than the client; null: there is none in this message. */
    default @Nullable Alias alias() {
        return null;
    }

    /** @param server what the server calls what the client calls {@code client} */
    record Alias(String server, String client) {}
}
