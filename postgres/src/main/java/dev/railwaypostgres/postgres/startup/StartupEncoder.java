package dev.railwaypostgres.postgres.startup;

import dev.railwaypostgres.postgres.BodyWriter;
import dev.railwaypostgres.postgres.CancelKey;
import io.netty.buffer.ByteBuf;

/** Writes startup packets. */
public final class StartupEncoder {
    private StartupEncoder() {}

    public static void encode(StartupPacket packet, ByteBuf out) {
        int lengthIndex = out.writerIndex();
        out.writeInt(0);
        switch (packet) {
            case StartupPacket.SslRequest _ -> out.writeInt(StartupPacket.SslRequest.CODE);
            case StartupPacket.GssEncRequest _ -> out.writeInt(StartupPacket.GssEncRequest.CODE);
            case StartupPacket.CancelRequest(CancelKey key) -> writeCancelRequest(key, out);
            case StartupPacket.Startup(StartupMessage message) -> writeStartup(message, out);
        }
        BodyWriter.patchLength(out, lengthIndex);
    }

    private static void writeCancelRequest(CancelKey key, ByteBuf out) {
        out.writeInt(StartupPacket.CancelRequest.CODE);
        out.writeInt(key.processId());
        key.secret().writeTo(out);
    }

    private static void writeStartup(StartupMessage message, ByteBuf out) {
        out.writeInt(message.version().code());
        message.parameters().forEach((name, value) -> {
            BodyWriter.writeText(out, name);
            BodyWriter.writeText(out, value);
        });
        out.writeByte(0);
    }
}
