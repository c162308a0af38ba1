package dev.railwaypostgres.postgres.replication;

import dev.railwaypostgres.postgres.BodyReader;
import dev.railwaypostgres.postgres.Lsn;
import dev.railwaypostgres.postgres.PostgresTime;
import dev.railwaypostgres.postgres.ProtocolViolation;
import dev.railwaypostgres.postgres.Timeline;
import io.netty.buffer.ByteBuf;
import java.time.Instant;

/** What a server says while its log is followed. */
public sealed interface WalEvent {
    /**
     * A piece of the log; never torn within what is on the server's disk, but it may cross the border of a segment.
     *
     * @param serverEnd up to where the server could send
     * @param bytes valid until the next event is asked for
     */
    record Wal(Lsn start, Lsn serverEnd, Instant serverTime, ByteBuf bytes) implements WalEvent {
        public Lsn end() {
            return start.plus(bytes.readableBytes());
        }
    }

    /**
     * The server is alive.
     *
     * @param answerWanted at once, or it takes us for dead; repeated without end while it stops and we lag behind
     */
    record KeepAlive(Lsn serverEnd, Instant serverTime, boolean answerWanted) implements WalEvent {}

    /**
     * All of this timeline has been sent; the log goes on in the next one, possibly from before the last byte sent. The
     * connection takes commands again.
     */
    record TimelineEnded(Timeline next, Lsn start) implements WalEvent {}

    /** The server has shut down, and has seen everything acknowledged. The connection has ended. */
    record ServerStopped() implements WalEvent {}

    byte WAL_TAG = 'w';
    byte KEEP_ALIVE_TAG = 'k';

    /** Reads what stands in a {@code CopyData}. */
    static WalEvent decode(ByteBuf body) {
        var in = new BodyReader(body);
        byte tag = in.readByte();
        return switch (tag) {
            case WAL_TAG -> new Wal(position(in), position(in), PostgresTime.toInstant(in.readLong()), body.slice());
            case KEEP_ALIVE_TAG ->
                new KeepAlive(position(in), PostgresTime.toInstant(in.readLong()), in.readByte() != 0);
            default -> throw new ProtocolViolation("invalid replication message type " + (tag & 0xFF));
        };
    }

    /** Writes what stands in a {@code CopyData}. */
    static void encode(Wal message, ByteBuf out) {
        out.writeByte(WAL_TAG)
                .writeLong(message.start().value())
                .writeLong(message.serverEnd().value());
        out.writeLong(PostgresTime.ofInstant(message.serverTime()));
        out.writeBytes(
                message.bytes(), message.bytes().readerIndex(), message.bytes().readableBytes());
    }

    /** Writes what stands in a {@code CopyData}. */
    static void encode(KeepAlive message, ByteBuf out) {
        out.writeByte(KEEP_ALIVE_TAG).writeLong(message.serverEnd().value());
        out.writeLong(PostgresTime.ofInstant(message.serverTime())).writeBoolean(message.answerWanted());
    }

    private static Lsn position(BodyReader in) {
        return new Lsn(in.readLong());
    }
}
