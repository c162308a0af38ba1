package dev.railwaypostgres.proxy.pool;

import dev.railwaypostgres.postgres.ProtocolViolation;
import dev.railwaypostgres.postgres.message.MessageSink;

/** Who listens to a server connection at the moment. */
public interface Traffic extends MessageSink {
    /** No more bytes for now: time to flush. */
    void paused();

    /** The server connection's own buffer is full, or has room again. */
    void writable(boolean isWritable);

    /** What the server says makes no sense. The connection is about to be closed. */
    void nonsense(ProtocolViolation violation);

    /** The connection is closed. */
    void gone();
}
