package dev.railwaypostgres.postgres.message;

import io.netty.buffer.ByteBuf;

/**
 * Decides upon the messages that a {@link MessageFramer} finds, and receives their bytes.
 *
 * <p>Decisions run ahead of bytes: {@code begin} and {@code look} of several messages may come before the one
 * {@code pass} that carries them all. The order of what {@code pass} and {@code take} deliver is the stream's.
 */
public interface MessageSink {
    /** A header is complete. Ask for {@code LOOK} and {@code TAKE} only up to a length you can afford to collect. */
    Verdict begin(byte tag, int bodyLength);

    /**
     * How much of a message's body is to be shown for {@code LOOK} and {@code TAKE}: all of it, unless the beginning says
     * enough.
     */
    default int shown(byte tag, int bodyLength) {
        return bodyLength;
    }

    /**
     * A message for which {@code begin} said {@code LOOK}.
     *
     * @param body holds exactly what is shown of the body; valid, like its indexes, during the call only
     * @return anything but {@code LOOK}
     */
    Verdict look(byte tag, ByteBuf body);

    /**
     * A message for which {@code TAKE} was said, after all bytes before it have been passed. Whatever of its body is not
     * shown passes afterwards.
     *
     * @param body holds exactly what is shown of the body; valid, like its indexes, during the call only
     */
    void take(byte tag, ByteBuf body);

    /**
     * Bytes that go through: some messages, or part of one.
     *
     * @param bytes the receiver's to release
     */
    void pass(ByteBuf bytes);
}
