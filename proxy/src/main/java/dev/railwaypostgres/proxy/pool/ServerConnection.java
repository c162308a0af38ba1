package dev.railwaypostgres.proxy.pool;

import dev.railwaypostgres.postgres.CancelKey;
import dev.railwaypostgres.postgres.ProtocolViolation;
import dev.railwaypostgres.postgres.message.FrontendEncoder;
import dev.railwaypostgres.postgres.message.FrontendMessage;
import dev.railwaypostgres.postgres.message.MessageFramer;
import dev.railwaypostgres.postgres.message.MessageSink;
import dev.railwaypostgres.postgres.message.Sender;
import dev.railwaypostgres.postgres.message.Verdict;
import dev.railwaypostgres.proxy.park.Interner;
import dev.railwaypostgres.proxy.park.PreparedStatement;
import dev.railwaypostgres.proxy.park.Settings;
import dev.railwaypostgres.proxy.relay.Conversation;
import dev.railwaypostgres.proxy.relay.Peer;
import dev.railwaypostgres.proxy.relay.SentWork;
import dev.railwaypostgres.proxy.route.Address;
import io.netty.buffer.ByteBuf;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a server, logged in. It outlives the sessions that use it one after another, and knows what they have
 * left in it. Confined to its event loop.
 */
public final class ServerConnection implements Peer.Listener {
    private static final String SEQUENCES = "_pool_sequences";

    private final Peer peer;
    private final Address address;
    private final CancelKey cancelKey;
    private final Profile profile;
    private final long since;
    private final Conversation conversation = new Conversation();
    private final SentWork sent = new SentWork();
    private final ServerStatements statements = new ServerStatements();
    private final MessageFramer framer = new MessageFramer(Sender.SERVER, new Forward());

    private final Interner<Map<String, String>, Map<String, String>> interner;
    private final Settings begunWith;
    private final UnsharedTraffic unshared;
    private Traffic traffic;
    private Map<String, String> parameters;
    private Settings settings;
    private @Nullable Lessee lastLessee;
    private boolean isSameAsBefore;
    private boolean isStained;
    private int cancelsUnderWay;
    private long idleSince;

    /**
     * @param interner of what servers report: clients are told the same by most of them
     * @param since and all other times as {@link System#nanoTime}
     */
    ServerConnection(
            LoggedIn login,
            Interner<Map<String, String>, Map<String, String>> interner,
            Consumer<ServerConnection> whenGone,
            long since) {
        this.interner = interner;
        this.peer = login.peer();
        this.address = login.address();
        this.cancelKey = login.cancelKey();
        this.profile = login.request().profile();
        this.parameters = interner.intern(login.parameters(), Function.identity());
        this.begunWith = Settings.ofApplication(login.request().applicationName());
        this.settings = begunWith;
        this.unshared = new UnsharedTraffic(this, () -> whenGone.accept(this));
        this.traffic = unshared;
        this.since = since;
        peer.listen(this);
    }

    public Peer peer() {
        return peer;
    }

    public Address address() {
        return address;
    }

    public CancelKey cancelKey() {
        return cancelKey;
    }

    public Profile profile() {
        return profile;
    }

    /** What has been asked here and is not answered. */
    public Conversation conversation() {
        return conversation;
    }

    /** What its lessee has sent. */
    public SentWork sent() {
        return sent;
    }

    public ServerStatements statements() {
        return statements;
    }

    /** What the server reports of itself and of its settings. */
    public Map<String, String> parameters() {
        return parameters;
    }

    /** The server reports a setting anew. */
    public void reported(String name, String value) {
        var changed = new TreeMap<>(parameters);
        changed.put(name, value);
        parameters = interner.intern(Collections.unmodifiableMap(changed), Function.identity());
    }

    /** What has been set here. */
    public Settings settings() {
        return settings;
    }

    /** Nobody has it now. */
    void unshare() {
        traffic = unshared;
    }

    /** A session has it from now on. */
    void share(Lessee lessee) {
        isSameAsBefore = lastLessee == null || isLastOf(lessee);
        lastLessee = lessee;
        sent.clear();
        traffic = lessee.traffic();
    }

    /** Who had it last is still there, and may come back for what the server remembers of it. */
    boolean isMissed() {
        return lastLessee != null && !lastLessee.isGone();
    }

    @SuppressWarnings("ReferenceEquality")
    boolean isLastOf(Lessee lessee) {
        return lastLessee == lessee;
    }

    /** @param isUncertain something may have been set out of sight */
    void left(Settings now, boolean isUncertain) {
        settings = now;
        isStained |= isUncertain;
    }

    /** The statements that make it a session's own; empty if it is. */
    @SuppressWarnings("ReferenceEquality")
    String preparation(Lessee lessee) {
        var wanted = lessee.settings();
        boolean isStrange = isStained && !isLastOf(lessee);
        var change = !isStrange && wanted == settings
                ? ""
                : settings.beyond(begunWith).changeTo(wanted.beyond(begunWith), isStrange);
        return lessee.firstStatements().isEmpty() ? change : change + String.join(";", lessee.firstStatements());
    }

    boolean isShared() {
        return traffic != unshared;
    }

    /** Nobody has it, and nothing is done to it. */
    boolean isUnused() {
        return !isShared() && !unshared.isBusy();
    }

    void prepare(String sql, Settings wanted, UnsharedTraffic.Outcome then) {
        unshared.chore(() -> ask(sql), () -> begin(wanted), then);
    }

    /** Throws away all that sessions have left here; an open transaction first. */
    void clean(UnsharedTraffic.Outcome then) {
        unshared.chore(this::askForCleanness, this::cleaned, then);
    }

    private void askForCleanness() {
        if (conversation.isInTransaction()) {
            ask("ROLLBACK");
        }
        ask("DISCARD ALL");
    }

    private void cleaned() {
        statements.clear();
        begin(begunWith);
    }

    private void begin(Settings now) {
        settings = now;
        isStained = false;
    }

    /** Closes prepared statements. */
    void closeStatements(List<PreparedStatement> surplus, UnsharedTraffic.Outcome then) {
        unshared.chore(
                () -> {
                    surplus.forEach(this::close);
                    sync();
                },
                () -> {},
                then);
    }

    private void close(PreparedStatement statement) {
        conversation.askOwn(Conversation.Ask.CLOSE, null);
        send(new FrontendMessage.Close(FrontendMessage.Target.STATEMENT, statement.name()));
    }

    /** Waits until the server has dealt with all that has reached it before. */
    void settle(UnsharedTraffic.Outcome then) {
        unshared.chore(this::sync, () -> {}, then);
    }

    private void ask(String sql) {
        conversation.askOwn(Conversation.Ask.QUERY, null);
        send(new FrontendMessage.Query(sql));
    }

    private void sync() {
        conversation.askOwn(Conversation.Ask.SYNC, null);
        send(new FrontendMessage.Sync());
    }

    /** Nobody else has had it since its present lessee had it last, or there was nobody before. */
    public boolean isSameAsBefore() {
        return isSameAsBefore;
    }

    long since() {
        return since;
    }

    long idleSince() {
        return idleSince;
    }

    void idleSince(long now) {
        idleSince = now;
    }

    /** A cancel request for it is on its way; whoever gets the connection meanwhile would be hit. */
    public void cancelling() {
        cancelsUnderWay++;
    }

    /** @return whether that was the last one */
    boolean cancelArrived() {
        return --cancelsUnderWay == 0;
    }

    boolean isBeingCancelled() {
        return cancelsUnderWay > 0;
    }

    boolean isUsable() {
        return !peer.isGone() && conversation.isQuiet();
    }

    /** Forgets the values that others have drawn from sequences here. By the extended protocol, which fits in anywhere. */
    public void discardSequences() {
        send(new FrontendMessage.Parse(SEQUENCES, "DISCARD SEQUENCES", List.of()));
        send(new FrontendMessage.Bind(SEQUENCES, SEQUENCES, FrontendMessage.Arguments.NONE, List.of()));
        send(new FrontendMessage.Execute(SEQUENCES, 0));
        send(new FrontendMessage.Close(FrontendMessage.Target.STATEMENT, SEQUENCES));
        send(new FrontendMessage.Close(FrontendMessage.Target.PORTAL, SEQUENCES));
    }

    /** What {@link #discardSequences} will ask, in the order of the conversation. */
    public void noteDiscardOfSequences() {
        conversation.askOwn(Conversation.Ask.PARSE, null);
        conversation.askOwn(Conversation.Ask.BIND, null);
        conversation.askOwn(Conversation.Ask.EXECUTE, null);
        conversation.askOwn(Conversation.Ask.CLOSE, null);
        conversation.askOwn(Conversation.Ask.CLOSE, null);
    }

    /** Goes out with the next flush. */
    public void send(FrontendMessage message) {
        var out = peer.buffer(64);
        FrontendEncoder.encode(message, out);
        peer.write(out);
    }

    ServerView view(boolean isIdle, boolean isOutdated) {
        return new ServerView(
                this,
                isShared() ? lastLessee : null,
                profile,
                isShared() ? ServerView.State.ACTIVE : unsharedState(isIdle),
                peer.view(),
                since,
                isOutdated,
                cancelKey.processId(),
                statements.size(),
                cancelsUnderWay);
    }

    private ServerView.State unsharedState(boolean isIdle) {
        if (isBeingCancelled()) {
            return ServerView.State.BEING_CANCELED;
        }
        return isIdle ? ServerView.State.IDLE : ServerView.State.TESTED;
    }

    /** Between what has come so far and what comes next, another message may be slipped in for the client. */
    public boolean isBetweenMessages() {
        return framer.isBetweenMessages();
    }

    /** Says goodbye, so that the server does not log a lost connection. */
    public void close() {
        if (!peer.isGone()) {
            send(new FrontendMessage.Terminate());
        }
        peer.close();
    }

    @Override
    public void onBytes(ByteBuf bytes) {
        try {
            framer.feed(bytes);
        } catch (ProtocolViolation violation) {
            traffic.nonsense(violation);
            framer.close();
            peer.close();
        } finally {
            bytes.release();
        }
    }

    @Override
    public void onPause() {
        traffic.paused();
    }

    @Override
    public void onWritable(boolean isWritable) {
        traffic.writable(isWritable);
    }

    @Override
    public void onGone() {
        framer.close();
        traffic.gone();
    }

    /** To whoever listens at the moment: the framer's own state goes from one to the next. */
    private final class Forward implements MessageSink {
        @Override
        public Verdict begin(byte tag, int bodyLength) {
            return traffic.begin(tag, bodyLength);
        }

        @Override
        public int shown(byte tag, int bodyLength) {
            return traffic.shown(tag, bodyLength);
        }

        @Override
        public Verdict look(byte tag, ByteBuf body) {
            return traffic.look(tag, body);
        }

        @Override
        public void take(byte tag, ByteBuf body) {
            traffic.take(tag, body);
        }

        @Override
        public void pass(ByteBuf bytes) {
            traffic.pass(bytes);
        }
    }
}
