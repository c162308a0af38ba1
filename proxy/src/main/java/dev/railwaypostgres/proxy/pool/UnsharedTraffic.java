package dev.railwaypostgres.proxy.pool;

import dev.railwaypostgres.postgres.BodyReader;
import dev.railwaypostgres.postgres.ErrorFields;
import dev.railwaypostgres.postgres.ProtocolViolation;
import dev.railwaypostgres.postgres.Severity;
import dev.railwaypostgres.postgres.TransactionStatus;
import dev.railwaypostgres.postgres.message.BackendDecoder;
import dev.railwaypostgres.postgres.message.BackendMessage;
import dev.railwaypostgres.postgres.message.BackendTag;
import dev.railwaypostgres.postgres.message.Verdict;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Listens to a server connection that no session has: what it says by itself is taken note of, and what the pool asks it, to
 * make it ready for the next session, is awaited here.
 */
final class UnsharedTraffic implements Traffic {
    /** No server tells more in answer to the pool's own statements. */
    private static final int MAX_BODY = 1 << 20;

    /** How a chore has ended. */
    interface Outcome {
        void done();

        /** The server said no, in its own words. */
        void refused(ErrorFields fields);

        /** The connection has ended meanwhile. */
        void lost();
    }

    private final ServerConnection connection;
    private final Runnable whenGone;
    private @Nullable Outcome outcome;
    private Runnable change = () -> {};
    private @Nullable ErrorFields refusal;

    /** @param whenGone runs when the connection has ended */
    UnsharedTraffic(ServerConnection connection, Runnable whenGone) {
        this.connection = connection;
        this.whenGone = whenGone;
    }

    /**
     * Has the server do something.
     *
     * @param ask sends what is to be done
     * @param done notes that it is done
     */
    void chore(Runnable ask, Runnable done, Outcome then) {
        refusal = null;
        change = done;
        outcome = then;
        ask.run();
        connection.peer().flush();
    }

    /** A chore is under way. */
    boolean isBusy() {
        return outcome != null;
    }

    @Override
    public Verdict begin(byte tag, int bodyLength) {
        if (bodyLength > MAX_BODY) {
            throw new ProtocolViolation("message of silly length outside of any session");
        }
        return switch (tag) {
            case BackendTag.READY_FOR_QUERY, BackendTag.ERROR_RESPONSE, BackendTag.PARAMETER_STATUS -> Verdict.LOOK;
            default -> {
                connection.conversation().answered(tag);
                yield Verdict.DROP;
            }
        };
    }

    @Override
    public Verdict look(byte tag, ByteBuf body) {
        switch (tag) {
            case BackendTag.READY_FOR_QUERY ->
                connection.conversation().ready(TransactionStatus.ofCode(body.getByte(body.readerIndex())));
            case BackendTag.ERROR_RESPONSE -> error(body);
            default -> {
                var reader = new BodyReader(body);
                connection.reported(reader.readText(), reader.readText());
            }
        }
        return Verdict.DROP;
    }

    private void error(ByteBuf body) {
        if (!(BackendDecoder.decode(BackendTag.ERROR_RESPONSE, body)
                instanceof BackendMessage.ErrorResponse(var fields))) {
            throw new ProtocolViolation("an error that is none");
        }
        if (fields.severity().compareTo(Severity.ERROR) < 0) {
            // A last word before the end: nobody must get this connection in the meantime.
            gone();
            connection.peer().close();
        } else {
            refusal = refusal == null ? fields : refusal;
            connection.conversation().error();
        }
    }

    @Override
    public void take(byte tag, ByteBuf body) {
        throw new IllegalStateException("nothing is taken outside of a session");
    }

    @Override
    public void pass(ByteBuf bytes) {
        bytes.release();
    }

    @Override
    public void paused() {
        var then = outcome;
        if (then == null || connection.conversation().isAnswering()) {
            return;
        }
        outcome = null;
        var said = refusal;
        if (said == null) {
            change.run();
            then.done();
        } else {
            then.refused(said);
        }
    }

    @Override
    public void writable(boolean isWritable) {}

    @Override
    public void nonsense(ProtocolViolation violation) {}

    @Override
    public void gone() {
        whenGone.run();
        var then = outcome;
        outcome = null;
        if (then != null) {
            then.lost();
        }
    }
}
