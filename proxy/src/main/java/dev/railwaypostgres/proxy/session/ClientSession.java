package dev.railwaypostgres.proxy.session;

import dev.railwaypostgres.postgres.CancelKey;
import dev.railwaypostgres.postgres.ErrorFields;
import dev.railwaypostgres.postgres.ProtocolVersion;
import dev.railwaypostgres.postgres.ProtocolViolation;
import dev.railwaypostgres.postgres.SqlState;
import dev.railwaypostgres.postgres.TransactionStatus;
import dev.railwaypostgres.postgres.message.BackendEncoder;
import dev.railwaypostgres.postgres.message.BackendMessage;
import dev.railwaypostgres.postgres.message.FrontendMessage;
import dev.railwaypostgres.postgres.message.Verdict;
import dev.railwaypostgres.proxy.failure.ErrorResponses;
import dev.railwaypostgres.proxy.failure.ProxyFailure;
import dev.railwaypostgres.proxy.manage.DatabaseMetrics;
import dev.railwaypostgres.proxy.operator.Visitor;
import dev.railwaypostgres.proxy.park.ClientStatements.Named;
import dev.railwaypostgres.proxy.park.Pin;
import dev.railwaypostgres.proxy.park.SessionMemory;
import dev.railwaypostgres.proxy.park.Settings;
import dev.railwaypostgres.proxy.pool.Lessee;
import dev.railwaypostgres.proxy.pool.LoginRequest;
import dev.railwaypostgres.proxy.pool.Profile;
import dev.railwaypostgres.proxy.pool.ServerConnection;
import dev.railwaypostgres.proxy.pool.Traffic;
import dev.railwaypostgres.proxy.relay.Conversation;
import dev.railwaypostgres.proxy.relay.Peer;
import dev.railwaypostgres.proxy.route.PoolPolicy;
import dev.railwaypostgres.proxy.session.SessionEvent.Loss;
import dev.railwaypostgres.proxy.session.SessionState.Farewell;
import io.netty.buffer.ByteBuf;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One logged-in client: does what {@link SessionMachine} decides, and tells it what happens. Lives on the event loop of its
 * client's socket, as its server connections do.
 */
public final class ClientSession implements Lessee, Cancellable, Peer.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(ClientSession.class);

    private final Peer client;
    private final Database database;
    private final Sessions sessions;
    private final ClientIdentity identity;
    private final SessionMemory memory;
    private final Reported told;
    private final LocalTransaction transaction = new LocalTransaction();
    private final ClientStream fromClient;
    private final ServerStream fromServer;
    private final CancelKey cancelKey;
    private final Timesheet timesheet;
    private final Instant since = Instant.now();

    private SessionState state = SessionState.Parked.IT;
    private @Nullable Lease lease;

    /** What whoever asked for a cancel waits for. */
    private Runnable whenCancelled = () -> {};

    /** A message cannot be decided upon before what was asked is answered. */
    private boolean isWaitingForAnswers;

    /** When the client was heard last, or the server became quiet; as {@link System#nanoTime}. */
    private long quietSince = System.nanoTime();

    private long heardAt = quietSince;

    /** What a session has while it has a server connection. */
    private record Lease(ServerConnection server, RequestRelay relay) {}

    /** @param reported the settings that the client was told of; from now on the session's */
    ClientSession(
            Peer client, Database database, Sessions sessions, ClientIdentity identity, Map<String, String> reported) {
        this.client = client;
        this.database = database;
        this.sessions = sessions;
        this.identity = identity;
        this.timesheet = new Timesheet(database.metrics());
        this.memory = new SessionMemory(sessions.settings(Settings.ofApplication(identity.applicationName())));
        this.told = new Reported(reported);
        this.fromClient = new ClientStream(
                this,
                new LocalAnswers(
                        memory,
                        sessions.statements(),
                        told,
                        transaction,
                        () -> database.route().pooling().localAnswers(),
                        () -> !database.isAwake() && !memory.limitsIdleTransactions()));
        this.fromServer = new ServerStream(this, memory, told);
        this.cancelKey = sessions.opened(this);
        database.join(this);
    }

    CancelKey cancelKey() {
        return cancelKey;
    }

    @Override
    public ProtocolVersion protocol() {
        return identity.protocol();
    }

    SessionState state() {
        return state;
    }

    /** Decides about an event, and does what was decided. */
    void happened(SessionEvent event) {
        var before = state;
        var step = SessionMachine.step(state, event);
        state = step.state();
        step.effects().forEach(this::doIt);
        if (step.state() instanceof SessionState.Closed && !(before instanceof SessionState.Closed)) {
            closed();
        }
    }

    private void doIt(SessionEffect effect) {
        switch (effect) {
            case SessionEffect.RequestServer _ -> database.pool().request(this);
            case SessionEffect.WithdrawRequest _ -> database.pool().withdraw(this);
            case SessionEffect.SendHeldWork _ -> sendHeldWork();
            case SessionEffect.FailHeldWork(ProxyFailure failure) -> failHeld(failure);
            case SessionEffect.FailSentWork(ProxyFailure failure) -> failSent(failure);
            case SessionEffect.ReturnServer _ -> returnServer();
            case SessionEffect.CancelOnServer _ -> cancelOnServer();
            case SessionEffect.CheckServer _ -> checkServer();
            case SessionEffect.KeepAwake(Pin reason) -> database.keepAwake(visitor(), reason);
            case SessionEffect.EndSession(ProxyFailure failure) -> end(failure);
            case SessionEffect.CloseClient _ -> client.close();
        }
    }

    /** If a server was at hand the message that needs it is just being looked at, and goes on by itself. */
    private void sendHeldWork() {
        if (!fromClient.isPumping()) {
            fromClient.pump();
            whenQuiet();
        }
    }

    private void failHeld(ProxyFailure failure) {
        sessions.refused(failure);
        transaction.fail();
        fromClient.reject(new Rejection.Order(failure, failure instanceof ProxyFailure.Cancelled, false));
        client.read(true);
        client.flush();
    }

    private void failSent(ProxyFailure failure) {
        sessions.refused(failure);
        for (int round = 0; round < roundsLost; round++) {
            tell(Rejection.error(failure));
            tell(new BackendMessage.ReadyForQuery(TransactionStatus.IDLE));
        }
        if (wasLostUnsynced) {
            tell(Rejection.error(failure));
            fromClient.reject(new Rejection.Order(failure, true, true));
        }
        client.flush();
    }

    /** What the client still waited for when its server connection was lost. */
    private int roundsLost;

    private boolean wasLostUnsynced;

    private void returnServer() {
        var mine = lease;
        if (mine == null) {
            return;
        }
        lease = null;
        isWaitingForAnswers = false;
        var server = mine.server();
        roundsLost = server.conversation().roundsOpen();
        wasLostUnsynced = server.conversation().isUnsynced();
        boolean isQuiet = server.conversation().isQuiet();
        boolean isOpenOnly = !server.conversation().isAnswering() && server.isBetweenMessages();
        boolean hasWholeMessages = fromClient.isBetweenMessages();
        var pin = memory.pin();
        var left = memory.settingsOfServer();
        boolean isUncertain = memory.wasInDoubt();
        if (memory.hasAlteredDefaults()) {
            database.pool().renew();
        }
        memory.serverGone();
        database.pool().keeps(this, false);
        server.peer().read(true);
        if (server.peer().isGone()) {
            database.pool().lostOne(server);
        } else if (!hasWholeMessages) {
            // The server would take whatever comes next for the rest of a message.
            database.pool().discard(server);
        } else if (isQuiet && pin == null) {
            database.pool().giveBack(server, left, isUncertain);
        } else if (state instanceof SessionState.Closed && isOpenOnly && (pin == null || pin.canBeDiscarded())) {
            database.pool().giveBackUnclean(server);
        } else {
            database.pool().discard(server);
        }
        client.read(true);
    }

    private void cancelOnServer() {
        if (lease != null) {
            database.pool().cancel(lease.server(), whenCancelled);
            whenCancelled = () -> {};
        }
    }

    private void checkServer() {
        var mine = lease;
        if (mine != null) {
            timesheet.checks();
            var check = memory.check();
            mine.server().conversation().askOwn(Conversation.Ask.QUERY, check);
            mine.server().send(new FrontendMessage.Query(check.query()));
            mine.server().peer().flush();
        }
    }

    private void end(ProxyFailure failure) {
        sessions.refused(failure);
        if (!fromServer.hasToldEnd() && isBetweenMessages) {
            var out = client.buffer(256);
            ErrorResponses.writeFatal(failure, out);
            toClient(out);
        }
        client.close();
    }

    /** The last server connection left nothing half told. */
    private boolean isBetweenMessages = true;

    private void closed() {
        fromClient.close();
        identity.key().destroy();
        if (timesheet.transactions() > 0) {
            database.ledger().left(visitor(), WhyAwake.ago(quietFor(System.nanoTime())), timesheet.transactions());
        }
        database.leave(this);
        sessions.closed(this, cancelKey);
    }

    // What the client does.

    @Override
    public void onBytes(ByteBuf bytes) {
        heardAt = System.nanoTime();
        quietSince = heardAt;
        database.metrics().received(bytes.readableBytes());
        if (lease != null && !isAnswering(lease)) {
            timesheet.asks(heardAt);
        }
        fromClient.feed(bytes);
    }

    /** What the client says makes no sense. */
    void clientTalksNonsense(ProtocolViolation violation) {
        end(ProxyFailure.Violation.of(violation));
        happened(new SessionEvent.ClientLeft());
    }

    @Override
    public void onPause() {
        if (lease != null) {
            lease.server().peer().flush();
            whenQuiet();
        }
        client.flush();
    }

    @Override
    public void onWritable(boolean isWritable) {
        if (lease != null) {
            lease.server().peer().read(isWritable);
        }
    }

    @Override
    public void onGone() {
        happened(new SessionEvent.ClientLeft());
    }

    // What the streams need.

    /** Where the client's transaction stands as long as there is no server to say so. */
    TransactionStatus localStatus() {
        return transaction.status();
    }

    boolean hasFailedTransaction() {
        return transaction.hasFailed();
    }

    RequestRelay relay() {
        if (lease == null) {
            throw new IllegalStateException("relaying without a server");
        }
        return lease.relay();
    }

    Timesheet timesheet() {
        return timesheet;
    }

    DatabaseMetrics metrics() {
        return database.metrics();
    }

    /** Something goes to the server. */
    void works() {
        if (state instanceof SessionState.Relaying relaying && !relaying.isBusy()) {
            database.pool().keeps(this, false);
            timesheet.begins(quietSince);
            happened(SessionEvent.WorkArrived.IT);
        }
    }

    Verdict waitForAnswers() {
        isWaitingForAnswers = true;
        return Verdict.STOP;
    }

    boolean isWaitingForAnswers() {
        return isWaitingForAnswers;
    }

    void tell(BackendMessage message) {
        var out = client.buffer(64);
        BackendEncoder.encode(message, out);
        toClient(out);
    }

    void readClient(boolean isOn) {
        client.read(isOn);
    }

    void toServer(ByteBuf bytes) {
        if (lease == null) {
            bytes.release();
        } else {
            if (!lease.server().conversation().isAnswered()) {
                lease.server().sent().add(bytes);
            }
            lease.server().peer().write(bytes);
        }
    }

    /** A message of the client's has been dealt with in another way than by passing it on. */
    void sent(byte tag, int bodyLength, ByteBuf body) {
        if (lease != null && !lease.server().conversation().isAnswered()) {
            lease.server().sent().add(tag, bodyLength, body);
        }
    }

    void toClient(ByteBuf bytes) {
        database.metrics().sent(bytes.readableBytes());
        client.write(bytes);
    }

    void toClient(byte tag, ByteBuf body) {
        var out = client.buffer(5 + body.readableBytes());
        out.writeByte(tag);
        out.writeInt(Integer.BYTES + body.readableBytes());
        out.writeBytes(body);
        toClient(out);
    }

    /** Answers what was asked and is not for the server to answer, as far as its turn has come. */
    void answerWhatIsDue() {
        var mine = lease;
        while (mine != null && mine.server().conversation().isAnsweredHere()) {
            tell(new BackendMessage.ParseComplete());
            mine.server().conversation().answerHere();
        }
    }

    /** What the server says about a prepared statement that the client has used. */
    void failed(Named named, ErrorFields fields) {
        var mine = lease;
        if (mine == null) {
            return;
        }
        if (fields.sqlState().equals(SqlState.FEATURE_NOT_SUPPORTED)) {
            sessions.statements().retire(named.statement());
            mine.server().statements().abandon(named.statement());
        } else if (fields.sqlState().equals(SqlState.INVALID_SQL_STATEMENT_NAME)) {
            mine.server().statements().forget(named.statement());
        }
    }

    void serverPaused() {
        var mine = lease;
        client.flush();
        if (mine == null) {
            return;
        }
        var conversation = mine.server().conversation();
        if (conversation.isQuiet() || conversation.isAnswered()) {
            mine.server().sent().clear();
        }
        if (isWaitingForAnswers && (conversation.roundsOpen() == 0 || conversation.isCopyingIn())) {
            isWaitingForAnswers = false;
            fromClient.pump();
            onPause();
        }
        whenQuiet();
    }

    private void whenQuiet() {
        var mine = lease;
        if (mine == null
                || !(state instanceof SessionState.Relaying relaying)
                || !relaying.isBusy()
                || !mine.server().conversation().isQuiet()
                || !fromClient.isBetweenMessages()) {
            return;
        }
        quietSince = System.nanoTime();
        timesheet.ends(quietSince);
        var pin = pin();
        happened(pin == null ? SessionEvent.WorkDone.FREE : new SessionEvent.WorkDone(pin, memory.isInDoubt()));
        if (lease != null && state instanceof SessionState.Relaying now && !now.isBusy()) {
            database.pool().keeps(this, true);
        }
    }

    private @Nullable Pin pin() {
        var pin = memory.pin();
        boolean isBySession = database.route().pooling().modeOf(profile().role()) == PoolPolicy.Mode.SESSION;
        return pin == null && isBySession ? Pin.SESSION_POOLING : pin;
    }

    /** The server connection may end now without the client's session ending too. */
    boolean survivesServer() {
        var pin = memory.pin();
        return loss() != Loss.ANSWERED && (pin == null || pin.outlivesServer());
    }

    private Loss loss() {
        if (lease == null) {
            return Loss.NOT_BEGUN;
        }
        var conversation = lease.server().conversation();
        return conversation.isInTransaction() || conversation.isAnswered() ? Loss.ANSWERED : Loss.UNANSWERED;
    }

    void serverTalksNonsense(ProtocolViolation violation) {
        LOG.atWarn()
                .addKeyValue("database", database.route().database())
                .addKeyValue("cause", violation.getMessage())
                .log("a server connection was closed: its answers do not fit what was asked");
    }

    void serverGone() {
        var mine = lease;
        if (mine == null) {
            return;
        }
        isBetweenMessages = mine.server().isBetweenMessages();
        var loss = loss();
        var again = fromServer.wasShutDown() && loss == Loss.UNANSWERED ? repeatable(mine) : null;
        if (again == null) {
            happened(new SessionEvent.ServerLost(loss));
        } else {
            fromClient.takeBack(again);
            happened(new SessionEvent.ServerLost(Loss.NOT_BEGUN));
        }
        listenAgain();
    }

    /** What was sent, if it is all here and only reads; null: it must not be sent twice. */
    private @Nullable ByteBuf repeatable(Lease mine) {
        var whole = mine.server().sent().whole();
        if (whole == null || mine.server().conversation().isQuiet() || !fromClient.isEmpty()) {
            return null;
        }
        return memory.isReading(whole) ? client.buffer(whole.readableBytes()).writeBytes(whole) : null;
    }

    // What the database and the proxy say.

    void serverWanted(Farewell by) {
        happened(new SessionEvent.ServerWanted(by));
    }

    void databaseDeleted() {
        if (!(state instanceof SessionState.Relaying relaying && relaying.isBusy())) {
            happened(new SessionEvent.Dismissed(new ProxyFailure.DatabaseDeleted()));
        }
    }

    void kill() {
        happened(new SessionEvent.Dismissed(new ProxyFailure.Killed()));
    }

    SessionView view() {
        return new SessionView(
                this,
                lease == null ? null : lease.server(),
                cancelKey.processId(),
                identity.profile(),
                identity.applicationName(),
                identity.address(),
                client.view(),
                standing(),
                since,
                System.nanoTime() - heardAt,
                database.pool().waited(this),
                lease == null ? null : pin(),
                memory.statements().size());
    }

    /** The database is awake: who listens has to be there. */
    void listenAgain() {
        if (state instanceof SessionState.Parked && !memory.channels().isEmpty() && database.letsListen()) {
            happened(new SessionEvent.ServerNeeded());
        }
    }

    @Override
    public void cancel(Runnable then) {
        whenCancelled = then;
        happened(new SessionEvent.CancelAsked());
        whenCancelled.run();
        whenCancelled = () -> {};
    }

    @Override
    public boolean isGone() {
        return state instanceof SessionState.Closed;
    }

    void drainEnded() {
        happened(new SessionEvent.DrainEnded());
    }

    /** Ends the session if the client has been silent for too long. */
    void sweep(long now, PoolPolicy.Patience patience) {
        boolean isInTransaction = lease != null
                && lease.server().conversation().isInTransaction()
                && !lease.server().conversation().isAnswering();
        long quiet = now - quietSince;
        if ((isInTransaction || transaction.isOpen()) && isOver(quiet, patience.idleInTransaction())) {
            happened(new SessionEvent.Dismissed(
                    new ProxyFailure.IdleInTransactionForTooLong(patience.idleInTransaction())));
        } else if (isIdle() && isOver(quiet, patience.clientIdle())) {
            happened(new SessionEvent.Dismissed(new ProxyFailure.IdleForTooLong(patience.clientIdle())));
        }
    }

    private boolean isIdle() {
        return switch (state) {
            case SessionState.Parked _ -> !transaction.isOpen();
            case SessionState.Relaying relaying -> !relaying.isBusy();
            case SessionState.Started _,
                    SessionState.Authenticating _,
                    SessionState.Leasing _,
                    SessionState.Waking _,
                    SessionState.Closed _ -> false;
        };
    }

    private static boolean isOver(long nanos, java.time.Duration limit) {
        return !limit.isZero() && nanos >= limit.toNanos();
    }

    // What people ask.

    Standing standing() {
        return switch (state) {
            case SessionState.Leasing _ -> Standing.WAITING;
            case SessionState.Waking _ -> Standing.WAKING;
            case SessionState.Relaying relaying -> standing(relaying);
            case SessionState.Parked _, SessionState.Started _, SessionState.Authenticating _, SessionState.Closed _ ->
                Standing.PARKED;
        };
    }

    private Standing standing(SessionState.Relaying relaying) {
        if (!relaying.isBusy()) {
            return Standing.PINNED;
        }
        return lease != null && lease.server().conversation().isInTransaction() && !isAnswering(lease)
                ? Standing.IN_TRANSACTION
                : Standing.ACTIVE;
    }

    private static boolean isAnswering(Lease lease) {
        return lease.server().conversation().isAnswering();
    }

    /** What keeps it with its server connection while it is quiet; null: nothing, or it is not quiet. */
    @Nullable
    Pin pinned() {
        return state instanceof SessionState.Relaying relaying && !relaying.isBusy() ? relaying.pin() : null;
    }

    /** Bytes that it is remembered by. */
    int bytes() {
        return memory.bytes();
    }

    /** Whether it has worked, or is about to. */
    boolean isOfInterest() {
        return timesheet.transactions() > 0 || !(state instanceof SessionState.Parked);
    }

    /** Nanoseconds since it has worked; 0 while it does, or waits to. */
    long quietFor(long now) {
        return switch (standing()) {
            case WAITING, WAKING, ACTIVE -> 0;
            case PARKED, IN_TRANSACTION, PINNED -> timesheet.quietFor(now);
        };
    }

    WhyAwake.Session sight(long now) {
        var pin = pinned();
        return WhyAwake.Session.of(
                visitor(),
                standing(),
                pin == null ? null : pin.text(),
                WhyAwake.ago(quietFor(now)),
                timesheet.transactions());
    }

    // What the pool says.

    @Override
    public Profile profile() {
        return identity.profile();
    }

    @Override
    public LoginRequest login() {
        return identity.login();
    }

    @Override
    public Settings settings() {
        return memory.settings();
    }

    @Override
    public List<String> firstStatements() {
        return memory.channels().isEmpty() ? List.of() : memory.listenStatements();
    }

    @Override
    public Traffic traffic() {
        return fromServer;
    }

    @Override
    public Visitor visitor() {
        if (state instanceof SessionState.Leasing || state instanceof SessionState.Waking) {
            timesheet.runs(fromClient.awaited(new AwaitedStatement(memory.statements())));
        }
        var application = told.find("application_name").map(Map.Entry::getValue).orElse("");
        return new Visitor(
                identity.address(),
                application,
                profile().role(),
                timesheet.kind().text());
    }

    @Override
    public void databaseSleeps() {
        happened(new SessionEvent.DatabaseAsleep());
    }

    @Override
    public void notice(String text) {
        var out = client.buffer(128);
        ErrorResponses.writeNotice(text, out);
        toClient(out);
        client.flush();
    }

    @Override
    public void leased(ServerConnection connection) {
        timesheet.begins(System.nanoTime());
        lease = new Lease(connection, new RequestRelay(this, memory, sessions.shared(), connection));
        fromServer.follow(connection);
        told.moveTo(connection.parameters(), this::tell);
        transaction.handOver().ifPresent(beginning -> {
            connection.conversation().askOwn(Conversation.Ask.QUERY, null);
            connection.send(new FrontendMessage.Query(beginning));
        });
        happened(new SessionEvent.ServerLeased());
        if (lease != null) {
            // It is somebody else's otherwise.
            connection.peer().read(client.isWritable());
            connection.peer().flush();
        }
        client.flush();
        client.read(true);
    }

    @Override
    public void refused(ProxyFailure failure) {
        if (failure instanceof ProxyFailure.WrongPassword) {
            // It was right for the verifier that we know, which therefore is an old one.
            database.roles().refresh();
        }
        happened(new SessionEvent.ServerRefused(failure));
    }

    @Override
    public void giveBack() {
        happened(new SessionEvent.ServerWanted(Farewell.QUEUE));
    }
}
