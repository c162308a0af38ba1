package dev.railwaypostgres.postgres.socket;

import dev.railwaypostgres.postgres.ProtocolViolation;
import dev.railwaypostgres.postgres.message.MessageFramer;
import dev.railwaypostgres.postgres.message.Sender;
import dev.railwaypostgres.postgres.startup.StartupDecoder;
import dev.railwaypostgres.postgres.startup.StartupPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocket;

/**
 * Messages over one socket. One thread reads; any thread may send, and what one call sends stays together. Memory grows to
 * the longest message that came, at most {@link #MAX_BODY}. Once a read has failed, also by silence, nothing more is to be
 * had: TLS cannot go on after half a record.
 */
public final class MessageChannel implements AutoCloseable {
    /** Replication sends 128 KiB at a time, and a history file in one piece. Whoever sends more is no walsender. */
    public static final int MAX_BODY = 16 << 20;

    private static final int ROOM = 256 << 10;

    private final Sender peer;
    private final ReentrantLock sending = new ReentrantLock();
    private final ByteBuf inbound = Unpooled.buffer(ROOM);
    private final ByteBuf outbound = Unpooled.buffer();

    private Socket socket;
    private InputStream in;
    private OutputStream out;

    /** @param peer who is at the other end */
    public MessageChannel(Socket socket, Sender peer) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setKeepAlive(true);
        this.peer = peer;
        this.socket = socket;
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    /** How long a read may wait for bytes; longer is a failure. */
    public void limitSilence(Duration limit) throws SocketException {
        socket.setSoTimeout(Math.toIntExact(limit.toMillis()));
    }

    /**
     * Goes on over TLS.
     *
     * @throws ProtocolViolation when bytes had already come that were to be secret: somebody has put them in
     */
    public void secure(SSLSocket secured) throws IOException {
        if (inbound.isReadable()) {
            throw new ProtocolViolation("received unencrypted data after SSL request");
        }
        socket = secured;
        in = secured.getInputStream();
        out = secured.getOutputStream();
    }

    public Socket socket() {
        return socket;
    }

    /** The answer to a request for encryption, which is no message. */
    public byte readByte() throws IOException {
        need(Byte.BYTES);
        return inbound.readByte();
    }

    /** What comes first on a connection. */
    public StartupPacket readStartup() throws IOException {
        var packet = StartupDecoder.decode(inbound);
        while (packet.isEmpty()) {
            need(inbound.readableBytes() + 1);
            packet = StartupDecoder.decode(inbound);
        }
        return packet.get();
    }

    /**
     * Waits for the next message.
     *
     * @throws EOFException when the other side has ended the stream
     * @throws ProtocolViolation for an unlawful header
     */
    public Frame next() throws IOException {
        return next(MAX_BODY);
    }

    /** Waits for the next message, from somebody who has no business to send a long one. */
    public Frame next(int maxBody) throws IOException {
        need(MessageFramer.HEADER_LENGTH);
        byte tag = inbound.getByte(inbound.readerIndex());
        int length = peer.bodyLength(tag, inbound.getInt(inbound.readerIndex() + 1));
        if (length > maxBody) {
            throw new ProtocolViolation("invalid message length");
        }
        need(MessageFramer.HEADER_LENGTH + length);
        inbound.skipBytes(MessageFramer.HEADER_LENGTH);
        return new Frame(tag, inbound.readSlice(length));
    }

    /** Sends whatever the writer writes: whole messages. */
    public void send(Consumer<ByteBuf> writer) throws IOException {
        sending.lock();
        try {
            outbound.clear();
            writer.accept(outbound);
            out.write(outbound.array(), outbound.arrayOffset(), outbound.readableBytes());
            out.flush();
        } finally {
            sending.unlock();
        }
    }

    /** Sends it unless somebody else is sending, who may be stuck. */
    public void offer(Consumer<ByteBuf> writer) throws IOException {
        if (sending.tryLock()) {
            try {
                send(writer);
            } finally {
                sending.unlock();
            }
        }
    }

    /** Waits until so many bytes are readable. */
    private void need(int length) throws IOException {
        if (inbound.readableBytes() >= length) {
            return;
        }
        makeRoom(length);
        while (inbound.readableBytes() < length) {
            int count =
                    in.read(inbound.array(), inbound.arrayOffset() + inbound.writerIndex(), inbound.writableBytes());
            if (count < 0) {
                throw new EOFException("the other side has ended the connection");
            }
            inbound.writerIndex(inbound.writerIndex() + count);
        }
    }

    private void makeRoom(int length) {
        inbound.discardReadBytes();
        inbound.ensureWritable(Math.max(1, length - inbound.readableBytes()));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
