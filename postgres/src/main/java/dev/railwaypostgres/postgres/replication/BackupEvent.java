package dev.railwaypostgres.postgres.replication;

import dev.railwaypostgres.postgres.BodyReader;
import dev.railwaypostgres.postgres.BodyWriter;
import dev.railwaypostgres.postgres.Lsn;
import dev.railwaypostgres.postgres.ProtocolViolation;
import dev.railwaypostgres.postgres.Timeline;
import io.netty.buffer.ByteBuf;

/**
 * What comes while a base backup is taken: archives one after another, each with its content; then the manifest, with its
 * content; then the end.
 */
public sealed interface BackupEvent {
    /** What flows inside the copy. */
    sealed interface Copied extends BackupEvent {}

    /**
     * @param name {@code base.tar}, or a tablespace's object id with {@code .tar}
     * @param location where the tablespace lies on the server; empty for the data directory
     */
    record ArchiveBegins(String name, String location) implements Copied {}

    record ManifestBegins() implements Copied {}

    /** @param bytes valid until the next event is asked for */
    record Content(ByteBuf bytes) implements Copied {}

    /** @param bytes of the archive under way that are done, before any compression */
    record Progress(long bytes) implements Copied {}

    /** @param stop what must have been replayed before the copy is consistent */
    record Finished(Lsn stop, Timeline timeline) implements BackupEvent {}

    byte ARCHIVE_TAG = 'n';
    byte MANIFEST_TAG = 'm';
    byte CONTENT_TAG = 'd';
    byte PROGRESS_TAG = 'p';

    /** Reads what stands in a {@code CopyData}. */
    static Copied decode(ByteBuf body) {
        var in = new BodyReader(body);
        byte tag = in.readByte();
        return switch (tag) {
            case ARCHIVE_TAG -> new ArchiveBegins(in.readText(), in.readText());
            case MANIFEST_TAG -> new ManifestBegins();
            case CONTENT_TAG -> new Content(body.slice());
            case PROGRESS_TAG -> new Progress(in.readLong());
            default -> throw new ProtocolViolation("invalid base backup message type " + (tag & 0xFF));
        };
    }

    /** Writes what stands in a {@code CopyData}. */
    static void encode(Copied message, ByteBuf out) {
        switch (message) {
            case ArchiveBegins(String name, String location) -> {
                out.writeByte(ARCHIVE_TAG);
                BodyWriter.writeText(out, name);
                BodyWriter.writeText(out, location);
            }
            case ManifestBegins _ -> out.writeByte(MANIFEST_TAG);
            case Content(ByteBuf bytes) ->
                out.writeByte(CONTENT_TAG).writeBytes(bytes, bytes.readerIndex(), bytes.readableBytes());
            case Progress(long bytes) -> out.writeByte(PROGRESS_TAG).writeLong(bytes);
        }
    }
}
