package dev.railwaypostgres.playground.conformance.wire;

import dev.railwaypostgres.postgres.Bytes;
import dev.railwaypostgres.postgres.scram.Credentials;
import dev.railwaypostgres.postgres.scram.ScramClient;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One connection that does what it is told, one thing after the other, and keeps what it has heard since its login. What
 * arrives is read at once, so that nobody ever waits for it to read.
 */
public final class WireClient implements AutoCloseable {
    private static final int CANCEL_CODE = 80_877_102;
    private static final String OUR_NOTICES = "the database is waking up";
    private static final int PROTOCOL = 3 << 16;

    /** Nothing takes as long, unless it hangs. */
    private final Duration limit;

    private final Server server;
    private final Server.Line line;
    private final Spelling spelling;
    private final BlockingQueue<ServerMessage> arrived = new LinkedBlockingQueue<>();
    private final List<String> heard = new ArrayList<>();
    private final ByteArrayOutputStream unsent = new ByteArrayOutputStream();
    private final Semaphore ears = new Semaphore(1);
    private Bytes cancelKey = Bytes.EMPTY;
    private boolean hasEnded;
    private boolean writesInPieces;

    private WireClient(Server server, Server.Line line, UnaryOperator<String> replacement, Duration limit) {
        this.server = server;
        this.line = line;
        this.spelling = new Spelling(replacement);
        this.limit = limit;
    }

    /**
     * @param replacement applied to all that is heard, for names that differ from run to run
     * @param limit for every wait
     */
    public static WireClient connect(Server server, UnaryOperator<String> replacement, Duration limit) {
        try {
            var client = new WireClient(server, server.open(), replacement, limit);
            Thread.ofVirtual().start(client::listen);
            return client;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns when the server is ready, or has ended the connection. */
    public void logIn(Account account, Map<String, String> parameters) {
        send(startup(parameters));
        flush();
        var refusal = authenticate(account);
        if (refusal != null) {
            hear(refusal);
            await(message -> message.equals(ServerMessage.END), "end");
        } else {
            await("ReadyForQuery");
        }
    }

    private static Bytes startup(Map<String, String> parameters) {
        var body = new ByteArrayOutputStream();
        parameters.forEach(
                (name, value) -> body.writeBytes((name + '\0' + value + '\0').getBytes(StandardCharsets.UTF_8)));
        body.write(0);
        return packet(PROTOCOL, body.toByteArray());
    }

    private static Bytes packet(int code, byte[] body) {
        try {
            var bytes = new ByteArrayOutputStream();
            var out = new DataOutputStream(bytes);
            out.writeInt(2 * Integer.BYTES + body.length);
            out.writeInt(code);
            out.write(body);
            return Bytes.copyOf(bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return null when the server is content, otherwise what it says instead */
    private @Nullable ServerMessage authenticate(Account account) {
        var request = next("Authentication");
        if (request.tag() != 'R') {
            return request;
        }
        var scram = ScramClient.start(new Credentials.Password(account.password()), null, List.of("SCRAM-SHA-256"));
        var mechanism = (scram.mechanism() + '\0').getBytes(StandardCharsets.UTF_8);
        var first = scram.first().toArray();
        sendPassword(joined(mechanism, packetLength(first.length), first));
        var challenge = next("Authentication");
        if (challenge.tag() != 'R') {
            return challenge;
        }
        sendPassword(scram.answer(challenge.withoutCode()).toArray());
        var last = next("Authentication");
        return last.tag() == 'R' ? null : last;
    }

    private static byte[] packetLength(int length) {
        return new byte[] {(byte) (length >> 24), (byte) (length >> 16), (byte) (length >> 8), (byte) length};
    }

    private static byte[] joined(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(all::writeBytes);
        return all.toByteArray();
    }

    private void sendPassword(byte[] body) {
        send(Bytes.copyOf(joined(new byte[] {'p'}, packetLength(Integer.BYTES + body.length), body)));
        flush();
    }

    /** Goes out together with what is sent next, at the next wait at the latest. */
    public void send(Bytes bytes) {
        unsent.writeBytes(bytes.toArray());
    }

    public void flush() {
        flush(unsent.size());
    }

    /** @param count of the bytes that have not gone out yet; the others stay */
    public void flush(int count) {
        var bytes = unsent.toByteArray();
        unsent.reset();
        unsent.write(bytes, count, bytes.length - count);
        try {
            write(bytes, count);
        } catch (IOException _) {
            // That the other side has closed is told by what it has said before.
        }
    }

    private void write(byte[] bytes, int count) throws IOException {
        var out = line.socket().getOutputStream();
        for (int at = 0, size; at < count; at += size) {
            size = writesInPieces ? Math.min(count - at, 1 + at % 7 + at / 200) : count;
            out.write(bytes, at, size);
            out.flush();
        }
    }

    /** From now on what is sent goes out in many writes. */
    public void writeInPieces() {
        writesInPieces = true;
    }

    /** Waits for a message of that name, and hears all that come before it. */
    public void await(String name) {
        flush();
        await(message -> message.name().equals(name), name);
    }

    /** Waits for an error that says so, and hears all that comes before it. */
    public void awaitWord(String word) {
        flush();
        await(message -> message.tag() == 'E' && message.body().toText().contains(word), word);
    }

    private void await(Predicate<ServerMessage> isWanted, String name) {
        while (!hasEnded) {
            var message = next(name);
            hear(message);
            if (isWanted.test(message)) {
                return;
            }
        }
    }

    private ServerMessage next(String wanted) {
        try {
            var message = arrived.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (message == null) {
                throw new Silence("no " + wanted + " within " + limit.toSeconds() + " s");
            }
            return message;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + wanted, e);
        }
    }

    private void hear(ServerMessage message) {
        if (message.equals(ServerMessage.END)) {
            hasEnded = true;
        } else if (message.tag() == 'K') {
            cancelKey = message.body();
        }
        var spelled = spelling.spell(message);
        if (!spelled.contains(OUR_NOTICES)) {
            heard.add(spelled);
        }
    }

    /** All that was heard since the login, in order, but for settings reported together: their order means nothing. */
    public List<String> heard() {
        var ordered = new ArrayList<String>();
        for (var spelled : heard) {
            int place = ordered.size();
            while (isParameter(spelled)
                    && place > 0
                    && isParameter(ordered.get(place - 1))
                    && spelled.compareTo(ordered.get(place - 1)) < 0) {
                place--;
            }
            ordered.add(place, spelled);
        }
        return ordered;
    }

    private static boolean isParameter(String spelled) {
        return spelled.startsWith("ParameterStatus ");
    }

    /** Puts a remark between what was heard. */
    public void remark(String text) {
        heard.add(text);
    }

    /**
     * Asks on another connection for this one's statement to be cancelled; returns when the server has taken note.
     *
     * @param isEntitled has the right key
     */
    public void cancel(boolean isEntitled) {
        flush();
        var key = cancelKey.toArray();
        key[key.length - 1] ^= (byte) (isEntitled ? 0 : 1);
        try (var other = server.openPlain()) {
            other.getOutputStream().write(packet(CANCEL_CODE, key).toArray());
            other.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes its leave, and hears what still comes; unless it has gone already. */
    public void leave() {
        if (line.bare().isClosed()) {
            return;
        }
        send(ClientMessage.bytes("Terminate"));
        await("end");
        close();
    }

    /** No more will be sent, but whatever comes is still heard. */
    public void halfClose() {
        flush();
        attempt(line.socket()::shutdownOutput);
    }

    /** Vanishes without a word, as a process does that is killed. */
    @Override
    public void close() {
        attempt(line.bare()::close);
    }

    /** Vanishes so that the other side learns it at its next write at the latest. */
    public void reset() {
        attempt(() -> line.bare().setSoLinger(true, 0));
        close();
    }

    private interface SocketCall {
        void run() throws IOException;
    }

    private static void attempt(SocketCall call) {
        try {
            call.run();
        } catch (IOException _) {
            // It is gone either way.
        }
    }

    private void listen() {
        try {
            var in = new DataInputStream(new BufferedInputStream(line.socket().getInputStream(), 1 << 16));
            for (int tag = in.read(); tag >= 0; tag = in.read()) {
                untilReadAgain();
                arrived.add(new ServerMessage((char) tag, Bytes.copyOf(in.readNBytes(in.readInt() - Integer.BYTES))));
            }
        } catch (IOException _) {
            // An end like any other.
        }
        arrived.add(ServerMessage.END);
    }

    /** What the other side says stays where it is. */
    public void stopReading() {
        ears.acquireUninterruptibly();
    }

    public void readAgain() {
        ears.release();
    }

    private void untilReadAgain() {
        ears.acquireUninterruptibly();
        ears.release();
    }

    /** What was to come has not come. */
    public static final class Silence extends RuntimeException {
        private static final long serialVersionUID = 1;

        Silence(String message) {
            super(message);
        }
    }
}
