package dev.railwaypostgres.postgres.replication;

import dev.railwaypostgres.postgres.BodyReader;
import dev.railwaypostgres.postgres.Lsn;
import dev.railwaypostgres.postgres.PostgresTime;
import io.netty.buffer.ByteBuf;
import java.time.Instant;
import java.util.Optional;

/**
 * How far the receiver of a log is. Once it says {@code flushed}, the server may forget everything before.
 *
 * @param applied {@link Lsn#INVALID} for those that replay nothing
 * @param answerWanted asks for a {@link WalEvent.KeepAlive}
 */
public record StandbyStatus(Lsn written, Lsn flushed, Lsn applied, Instant time, boolean answerWanted) {
    private static final byte TAG = 'r';

    /** Of a receiver that keeps the log and does not replay it. */
    public static StandbyStatus kept(Lsn written, Lsn flushed, Instant time) {
        return new StandbyStatus(written, flushed, Lsn.INVALID, time, false);
    }

    public StandbyStatus wantingAnswer() {
        return new StandbyStatus(written, flushed, applied, time, true);
    }

    /** Reads what stands in a {@code CopyData}; empty for the other things that standbys say. */
    public static Optional<StandbyStatus> decode(ByteBuf body) {
        var in = new BodyReader(body);
        if (in.readByte() != TAG) {
            return Optional.empty();
        }
        var status = new StandbyStatus(
                new Lsn(in.readLong()),
                new Lsn(in.readLong()),
                new Lsn(in.readLong()),
                PostgresTime.toInstant(in.readLong()),
                in.readByte() != 0);
        in.end();
        return Optional.of(status);
    }

    /** Writes what stands in a {@code CopyData}. */
    public void encode(ByteBuf out) {
        out.writeByte(TAG);
        out.writeLong(written.value()).writeLong(flushed.value()).writeLong(applied.value());
        out.writeLong(PostgresTime.ofInstant(time));
        out.writeBoolean(answerWanted);
    }
}
