package dev.railwaypostgres.postgres.startup;

import dev.railwaypostgres.postgres.BodyReader;
import dev.railwaypostgres.postgres.CancelKey;
import dev.railwaypostgres.postgres.ProtocolVersion;
import dev.railwaypostgres.postgres.ProtocolViolation;
import dev.railwaypostgres.postgres.SqlState;
import io.netty.buffer.ByteBuf;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads startup packets with the limits and the words of Postgres. */
public final class StartupDecoder {
    /** A packet with its length; Postgres' own limit, and all that a caller ever has to collect. */
    public static final int MAX_LENGTH = 10_004;

    private static final int LENGTH_AND_CODE = 8;

    private StartupDecoder() {}

    /**
     * Takes one packet off the buffer, or leaves the buffer alone while the packet is not yet whole.
     *
     * @throws ProtocolViolation as soon as the bytes at hand show one, so a silly length is refused before its body
     */
    public static Optional<StartupPacket> decode(ByteBuf in) {
        if (in.readableBytes() < Integer.BYTES) {
            return Optional.empty();
        }
        int length = in.getInt(in.readerIndex());
        if (length < LENGTH_AND_CODE || length > MAX_LENGTH) {
            throw new ProtocolViolation("invalid length of startup packet");
        }
        if (in.readableBytes() < length) {
            return Optional.empty();
        }
        return Optional.of(packet(in.readSlice(length).skipBytes(Integer.BYTES)));
    }

    private static StartupPacket packet(ByteBuf body) {
        int code = body.readInt();
        return switch (code) {
            case StartupPacket.SslRequest.CODE -> bare(body, new StartupPacket.SslRequest());
            case StartupPacket.GssEncRequest.CODE -> bare(body, new StartupPacket.GssEncRequest());
            case StartupPacket.CancelRequest.CODE -> cancelRequest(body);
            default -> startup(ProtocolVersion.ofCode(code), body);
        };
    }

    private static StartupPacket bare(ByteBuf body, StartupPacket packet) {
        if (body.isReadable()) {
            throw new ProtocolViolation("invalid length of startup packet");
        }
        return packet;
    }

    private static StartupPacket cancelRequest(ByteBuf body) {
        var reader = new BodyReader(body);
        if (reader.remaining() < Integer.BYTES) {
            throw new ProtocolViolation("invalid length of query cancel packet");
        }
        int processId = reader.readInt();
        if (reader.remaining() == 0 || reader.remaining() > CancelKey.MAX_SECRET_LENGTH) {
            throw new ProtocolViolation("invalid length of query cancel key");
        }
        return new StartupPacket.CancelRequest(new CancelKey(processId, reader.readRest()));
    }

    private static StartupPacket startup(ProtocolVersion version, ByteBuf body) {
        if (version.major() != ProtocolVersion.V3_0.major()) {
            throw unsupported(version);
        }
        return new StartupPacket.Startup(new StartupMessage(version, parameters(body)));
    }

    private static Map<String, String> parameters(ByteBuf body) {
        if (!body.isReadable() || body.getByte(body.writerIndex() - 1) != 0) {
            throw badLayout();
        }
        var reader = new BodyReader(body);
        var parameters = new LinkedHashMap<String, String>();
        while (reader.remaining() > 1) {
            var name = reader.readText();
            if (name.isEmpty() || reader.remaining() < 2) {
                throw badLayout();
            }
            parameters.put(name, reader.readText());
        }
        if (reader.remaining() != 1) {
            throw badLayout();
        }
        return parameters;
    }

    /** Also the right answer to a second request for encryption, which Postgres takes for a version number. */
    public static ProtocolViolation unsupported(ProtocolVersion version) {
        return new ProtocolViolation(
                SqlState.FEATURE_NOT_SUPPORTED,
                "unsupported frontend protocol %s: server supports 3.0 to 3.2".formatted(version));
    }

    private static ProtocolViolation badLayout() {
        return new ProtocolViolation("invalid startup packet layout: expected terminator as last byte");
    }
}
