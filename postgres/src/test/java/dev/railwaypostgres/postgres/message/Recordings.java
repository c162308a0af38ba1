package dev.railwaypostgres.postgres.message;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Bytes that psql and pgbench exchanged with Postgres 17, startup packet and login included. */
final class Recordings {
    private Recordings() {}

    /** All messages that a client sent; its startup packet is left out. */
    static byte[] frontend(String name) {
        var all = Unpooled.wrappedBuffer(read(name + ".frontend"));
        all.skipBytes(all.getInt(0));
        return bytes(all);
    }

    static byte[] backend(String name) {
        return read(name + ".backend");
    }

    private static byte[] bytes(ByteBuf buffer) {
        var bytes = new byte[buffer.readableBytes()];
        buffer.readBytes(bytes);
        return bytes;
    }

    private static byte[] read(String name) {
        try (var in = Recordings.class.getResourceAsStream("/recorded/" + name)) {
            if (in == null) {
                throw new IllegalArgumentException("no such recording: " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
