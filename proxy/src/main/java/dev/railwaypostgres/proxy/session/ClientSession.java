package dev.railwaypostgres.proxy.session;

import dev.railwaypostgres.postgres.CancelKey;
import dev.railwaypostgres.postgres.ProtocolViolation;
import dev.railwaypostgres.postgres.TransactionStatus;
import dev.railwaypostgres.postgres.message.BackendEncoder;
import dev.railwaypostgres.postgres.message.BackendMessage;
import dev.railwaypostgres.proxy.failure.ErrorResponses;
import dev.railwaypostgres.proxy.failure.ProxyFailure;
import dev.railwaypostgres.proxy.operator.Visitor;
import dev.railwaypostgres.proxy.park.SessionMemory;
import dev.railwaypostgres.proxy.pool.Lessee;
import dev.railwaypostgres.proxy.pool.LoginRequest;
import dev.railwaypostgres.proxy.pool.Replay;
import dev.railwaypostgres.proxy.pool.ServerConnection;
import dev.railwaypostgres.proxy.relay.Conversation;
import dev.railwaypostgres.proxy.relay.Peer;
import dev.railwaypostgres.proxy.relay.SentWork;
import dev.railwaypostgres.proxy.session.SessionEvent.Loss;
import dev.railwaypostgres.proxy.session.SessionState.Farewell;
import io.netty.buffer.ByteBuf;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One logged-in client: does what {@link SessionMachine} decides, and tells it what happens. Lives on the event loop of its
 * client's socket, as its server connection does.
 */
public final class ClientSession implements Lessee, Peer.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(ClientSession.class);

    private final Peer client;
    private final Database database;
    private final Sessions sessions;
    private final ClientIdentity identity;
    private final Map<String, String> told;
    private final Conversation conversation = new Conversation();
    private final SessionMemory memory = new SessionMemory();
    private final ClientStream fromClient;
    private final SentWork sent = new SentWork();
    private final CancelKey cancelKey;

    private SessionState state = new SessionState.Parked();
    private @Nullable ServerConnection server;
    private @Nullable ServerStream fromServer;

    /** @param told the settings that the client was told of; from now on the session's */
    ClientSession(
            Peer client, Database database, Sessions sessions, ClientIdentity identity, Map<String, String> told) {
        this.client = client;
        this.database = database;
        this.sessions = sessions;
        this.identity = identity;
        this.told = told;
        this.fromClient = new ClientStream(this, conversation, memory, new LocalAnswers(memory, told));
        this.cancelKey = sessions.opened(this);
        database.join(this);
    }

    CancelKey cancelKey() {
        return cancelKey;
    }

    SessionState state() {
        return state;
    }

    /** Decides about an event, and does what was decided. */
    void happened(SessionEvent event) {
        var before = state;
        var step = SessionMachine.step(state, event);
        state = step.state();
        sessions.moved(before, state);
        step.effects().forEach(this::doIt);
        if (state instanceof SessionState.Closed && !(before instanceof SessionState.Closed)) {
            closed();
        }
    }

    private void doIt(SessionEffect effect) {
        switch (effect) {
            case SessionEffect.RequestServer _ -> database.pool().request(this);
            case SessionEffect.WithdrawRequest _ -> database.pool().withdraw(this);
            case SessionEffect.SendHeldWork _ -> fromClient.pump();
            case SessionEffect.FailHeldWork(ProxyFailure failure) -> failHeld(failure);
            case SessionEffect.FailSentWork(ProxyFailure failure) -> failSent(failure);
            case SessionEffect.ReturnServer _ -> returnServer();
            case SessionEffect.CancelOnServer _ -> cancelOnServer();
            case SessionEffect.KeepAwake(var reason) -> database.keepAwake(visitor(), reason);
            case SessionEffect.EndSession(ProxyFailure failure) -> end(failure);
            case SessionEffect.CloseClient _ -> client.close();
        }
    }

    private void failHeld(ProxyFailure failure) {
        sessions.refused(failure);
        fromClient.reject(new Rejection.Order(failure, failure instanceof ProxyFailure.Cancelled, false));
        client.read(true);
        client.flush();
    }

    private void failSent(ProxyFailure failure) {
        sessions.refused(failure);
        for (int round = 0; round < conversation.roundsOpen(); round++) {
            tell(Rejection.error(failure));
            tell(new BackendMessage.ReadyForQuery(TransactionStatus.IDLE));
        }
        boolean isUnsynced = conversation.isUnsynced();
        conversation.reset();
        if (isUnsynced) {
            tell(Rejection.error(failure));
            fromClient.reject(new Rejection.Order(failure, true, true));
        }
        client.flush();
    }

    private void returnServer() {
        var connection = server;
        if (connection == null) {
            return;
        }
        forgetServer();
        connection.close();
        database.pool().returned(this);
    }

    private void forgetServer() {
        server = null;
        sent.free();
        if (fromServer != null) {
            fromServer.close();
        }
        memory.serverGone();
        client.read(true);
    }

    private void cancelOnServer() {
        if (server != null) {
            sessions.dialer().cancel(server.address(), server.cancelKey());
        }
    }

    private void end(ProxyFailure failure) {
        sessions.refused(failure);
        boolean mayTell = fromServer == null || (fromServer.isBetweenMessages() && !fromServer.hasToldEnd());
        if (mayTell) {
            var out = client.buffer(256);
            ErrorResponses.writeFatal(failure, out);
            client.write(out);
        }
        client.close();
    }

    private void closed() {
        fromClient.close();
        if (fromServer != null) {
            fromServer.close();
        }
        identity.key().destroy();
        database.leave(this);
        sessions.closed(this, cancelKey);
    }

    // What the client does.

    @Override
    public void onBytes(ByteBuf bytes) {
        try {
            fromClient.feed(bytes);
        } catch (ProtocolViolation violation) {
            end(ProxyFailure.Violation.of(violation));
            happened(new SessionEvent.ClientLeft());
        }
    }

    @Override
    public void onPause() {
        if (server != null) {
            server.peer().flush();
        }
        client.flush();
    }

    @Override
    public void onWritable(boolean isWritable) {
        if (server != null) {
            server.peer().read(isWritable);
        }
    }

    @Override
    public void onGone() {
        happened(new SessionEvent.ClientLeft());
    }

    // What the streams need.

    void tell(BackendMessage message) {
        var out = client.buffer(64);
        BackendEncoder.encode(message, out);
        client.write(out);
    }

    void readClient(boolean isOn) {
        client.read(isOn);
    }

    void toServer(ByteBuf bytes) {
        if (server == null) {
            bytes.release();
        } else {
            if (!conversation.isAnswered()) {
                sent.add(bytes);
            }
            server.peer().write(bytes);
        }
    }

    void toClient(ByteBuf bytes) {
        client.write(bytes);
    }

    void serverPaused() {
        client.flush();
        if (conversation.isQuiet() || conversation.isAnswered()) {
            sent.clear();
        }
        if (state instanceof SessionState.Relaying(boolean isBusy, var _, var _) && isBusy && conversation.isQuiet()) {
            var blocker = memory.blocker();
            happened(blocker == null ? SessionEvent.WorkDone.FREE : new SessionEvent.WorkDone(blocker));
        }
    }

    /** The server connection may end now without the client's session ending too. */
    boolean survivesServer() {
        return switch (loss()) {
            case NOT_BEGUN, UNANSWERED -> !conversation.isQuiet() || memory.blocker() == null;
            case ANSWERED -> false;
        };
    }

    private Loss loss() {
        return conversation.isInTransaction() || conversation.isAnswered() ? Loss.ANSWERED : Loss.UNANSWERED;
    }

    void serverTalksNonsense() {
        if (server != null) {
            server.peer().close();
        }
    }

    void serverGone(ServerStream which) {
        if (which == fromServer && server != null) {
            database.pool().lostOne();
            var again = which.wasShutDown() && loss() == Loss.UNANSWERED ? repeatable() : null;
            if (again == null) {
                happened(new SessionEvent.ServerLost(loss()));
            } else {
                conversation.reset();
                fromClient.takeBack(again);
                happened(new SessionEvent.ServerLost(Loss.NOT_BEGUN));
            }
        }
    }

    /** What was sent, if it is all here and only reads; null: it must not be sent twice. */
    private @Nullable ByteBuf repeatable() {
        var whole = sent.whole();
        return whole != null && !conversation.isQuiet() && fromClient.isEmpty() && memory.isReading(whole)
                ? client.buffer(whole.readableBytes()).writeBytes(whole)
                : null;
    }

    // What the database and the proxy say.

    void suspending() {
        happened(new SessionEvent.ServerWanted(Farewell.SUSPEND));
    }

    void suspendOver() {
        happened(new SessionEvent.ServerWanted(Farewell.NONE));
    }

    void cancel() {
        happened(new SessionEvent.CancelAsked());
    }

    void drainEnded() {
        happened(new SessionEvent.DrainEnded());
    }

    // What the pool says.

    @Override
    public LoginRequest login() {
        return identity.login(new Replay(memory.settings(), memory.statements()));
    }

    @Override
    public Visitor visitor() {
        return identity.visitor();
    }

    @Override
    public void databaseSleeps() {
        happened(new SessionEvent.DatabaseAsleep());
    }

    @Override
    public void notice(String text) {
        var out = client.buffer(128);
        ErrorResponses.writeNotice(text, out);
        client.writeAndFlush(out);
    }

    @Override
    public void leased(ServerConnection connection) {
        server = connection;
        conversation.reset();
        var stream = new ServerStream(this, conversation, memory, told);
        fromServer = stream;
        connection.peer().listen(stream);
        tellChanges(connection.parameters());
        if (connection.peer().isGone()) {
            LOG.atDebug().log("a server connection ended before its first use");
        }
        happened(new SessionEvent.ServerLeased());
        connection.peer().flush();
        client.flush();
        client.read(true);
    }

    /** The database may have been changed while it slept, or since the snapshot: the client hears of it before the answer. */
    private void tellChanges(Map<String, String> reported) {
        reported.forEach((name, value) -> {
            if (!value.equals(told.put(name, value))) {
                tell(new BackendMessage.ParameterStatus(name, value));
            }
        });
    }

    @Override
    public void refused(ProxyFailure failure) {
        happened(new SessionEvent.ServerRefused(failure));
    }

    @Override
    public void giveBack() {
        happened(new SessionEvent.ServerWanted(Farewell.QUEUE));
    }
}
