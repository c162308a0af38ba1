package dev.railwaypostgres.proxy.session;

import dev.railwaypostgres.postgres.Bytes;
import dev.railwaypostgres.postgres.ProtocolVersion;
import dev.railwaypostgres.postgres.ProtocolViolation;
import dev.railwaypostgres.postgres.TransactionStatus;
import dev.railwaypostgres.postgres.message.Authentication;
import dev.railwaypostgres.postgres.message.BackendEncoder;
import dev.railwaypostgres.postgres.message.BackendMessage;
import dev.railwaypostgres.postgres.message.FrontendDecoder;
import dev.railwaypostgres.postgres.message.FrontendTag;
import dev.railwaypostgres.postgres.message.MessageFramer;
import dev.railwaypostgres.postgres.message.MessageSink;
import dev.railwaypostgres.postgres.message.Sender;
import dev.railwaypostgres.postgres.message.Verdict;
import dev.railwaypostgres.postgres.scram.ChannelBinding;
import dev.railwaypostgres.postgres.scram.ClientKey;
import dev.railwaypostgres.postgres.scram.ScramOutcome;
import dev.railwaypostgres.postgres.scram.ScramServer;
import dev.railwaypostgres.postgres.scram.ScramVerifier;
import dev.railwaypostgres.postgres.startup.StartupMessage;
import dev.railwaypostgres.proxy.failure.ErrorResponses;
import dev.railwaypostgres.proxy.failure.ProxyFailure;
import dev.railwaypostgres.proxy.operator.OperatorException;
import dev.railwaypostgres.proxy.operator.RoleSnapshot;
import dev.railwaypostgres.proxy.pool.Profile;
import dev.railwaypostgres.proxy.relay.Peer;
import dev.railwaypostgres.proxy.route.RouteRequest;
import dev.railwaypostgres.proxy.route.RouteTable;
import io.netty.buffer.ByteBuf;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Brings a client from its startup packet to a session, by what is known here alone: no server is asked and nothing wakes.
 * Unknown roles and wrong passwords take the same way to the same end.
 */
public final class ClientLogin implements Peer.Listener, MessageSink {
    /** The same for all logins of a process, so that an unknown role shows the same salt each time. */
    private static final Bytes MOCK_SECRET = secret();

    private static final int MAX_ANSWER = 65_535;

    /**
     * What is known of the client's connection so far.
     *
     * @param serverName what it asked for in TLS
     * @param binding of its TLS connection; null without TLS
     */
    public record Door(
            @Nullable String serverName, @Nullable ChannelBinding binding, Runnable loggedIn) {}

    private final Peer client;
    private final StartupMessage startup;
    private final Door door;
    private final Sessions sessions;
    private final MessageFramer framer = new MessageFramer(Sender.CLIENT, this);
    private final long since = System.nanoTime();

    private SessionState state = new SessionState.Started();
    private @Nullable Database database;
    private @Nullable RoleSnapshot snapshot;
    private @Nullable ScramVerifier verifier;
    private @Nullable ScramServer scram;
    private boolean hasBegun;
    private @Nullable ClientSession session;

    public ClientLogin(Peer client, StartupMessage startup, Door door, Sessions sessions) {
        this.client = client;
        this.startup = startup;
        this.door = door;
        this.sessions = sessions;
    }

    /** Looks for the database and the role, and asks for the proof. */
    public void start() {
        try {
            startup.user();
            if (startup.isReplication()) {
                end(new ProxyFailure.Unsupported("replication connections do not go through this proxy"));
                return;
            }
            route();
        } catch (ProtocolViolation violation) {
            end(ProxyFailure.Violation.of(violation));
        }
    }

    private void route() {
        switch (sessions.find(RouteRequest.of(door.serverName(), startup))) {
            case RouteTable.Found.Nothing _ -> end(new ProxyFailure.UnknownDatabase(startup.database()));
            case RouteTable.Found.Contradiction _ -> end(new ProxyFailure.InconsistentEndpoint());
            case RouteTable.Found.One(var route) -> {
                move(new SessionEvent.StartupRead());
                database = sessions.database(route.database());
                if (database != null) {
                    database.roles().find(startup.user(), this::rolesFound);
                }
            }
        }
    }

    private void rolesFound(@Nullable RoleSnapshot found, @Nullable Throwable problem) {
        if (state instanceof SessionState.Closed) {
            return;
        }
        if (found == null) {
            end(unknown(problem));
            return;
        }
        var known = found.verifiers().get(startup.user());
        var used = known == null ? ScramVerifier.mock(startup.user(), MOCK_SECRET) : known;
        snapshot = found;
        verifier = used;
        scram = new ScramServer(used, door.binding());
        negotiate();
        tell(new Authentication.Sasl(ScramServer.mechanisms(door.binding())));
        client.flush();
    }

    private ProxyFailure unknown(@Nullable Throwable problem) {
        var cause = problem instanceof CompletionException ? problem.getCause() : problem;
        return cause instanceof OperatorException.UnknownDatabase
                ? new ProxyFailure.UnknownDatabase(startup.database())
                : new ProxyFailure.NotReadyYet();
    }

    /** We speak 3.0, and no option of the protocol. */
    private void negotiate() {
        boolean isOurs = startup.version().equals(ProtocolVersion.V3_0);
        if (!isOurs || !startup.protocolOptions().isEmpty()) {
            tell(new BackendMessage.NegotiateProtocolVersion(ProtocolVersion.V3_0, startup.protocolOptions()));
        }
    }

    @Override
    public void onBytes(ByteBuf bytes) {
        if (session != null) {
            session.onBytes(bytes);
            return;
        }
        boolean isMine = true;
        try {
            isMine = framer.feed(bytes);
        } catch (ProtocolViolation violation) {
            end(ProxyFailure.Violation.of(violation));
        } finally {
            if (isMine) {
                bytes.release();
            }
        }
        if (!isMine && session != null) {
            session.onBytes(bytes);
        } else if (!isMine) {
            bytes.release();
        }
    }

    @Override
    public Verdict begin(byte tag, int bodyLength) {
        if (session != null) {
            return Verdict.STOP;
        }
        if (scram == null || tag != FrontendTag.PASSWORD || bodyLength > MAX_ANSWER) {
            throw new ProtocolViolation("expected SASL response, got message type " + (tag & 0xFF));
        }
        return Verdict.TAKE;
    }

    @Override
    public Verdict look(byte tag, ByteBuf body) {
        throw new IllegalStateException("nothing is looked at in a login");
    }

    @Override
    public void take(byte tag, ByteBuf body) {
        var exchange = scram;
        if (exchange == null || state instanceof SessionState.Closed) {
            return;
        }
        if (hasBegun) {
            finished(exchange.finish(FrontendDecoder.decodeSaslResponse(body).data()));
        } else {
            var first = FrontendDecoder.decodeSaslInitialResponse(body);
            var data = first.data() == null ? Bytes.EMPTY : first.data();
            tell(new Authentication.SaslContinue(exchange.begin(first.mechanism(), data)));
            hasBegun = true;
        }
        client.flush();
    }

    private void finished(ScramOutcome outcome) {
        var where = database;
        switch (outcome) {
            case ScramOutcome.Refused _ -> {
                if (where != null) {
                    where.roles().doubt();
                }
                end(new ProxyFailure.WrongPassword(startup.user()));
            }
            case ScramOutcome.Authenticated(Bytes serverFinal, ClientKey key) -> {
                tell(new Authentication.SaslFinal(serverFinal));
                authenticated(key);
            }
        }
    }

    private void authenticated(ClientKey key) {
        var where = database;
        var used = verifier;
        var known = snapshot;
        if (where == null || used == null || known == null) {
            throw new IllegalStateException("a proof came before the question");
        }
        if (!where.hasRoom()) {
            key.destroy();
            end(new ProxyFailure.TooManyClients(where.route().pooling().size().clients()));
            return;
        }
        move(new SessionEvent.LoggedIn());
        door.loggedIn().run();
        var identity = new ClientIdentity(
                sessions.profile(Profile.of(startup)),
                startup.applicationName().orElse(""),
                key,
                used,
                client.address());
        var parameters = where.pool().reported(Greeting.parameters(known.parameters(), startup));
        var opened = new ClientSession(client, where, sessions, identity, parameters);
        greet(opened, parameters);
        session = opened;
        client.listen(opened);
        sessions.metrics().loggedIn(Duration.ofNanos(System.nanoTime() - since));
    }

    private void greet(ClientSession opened, Map<String, String> parameters) {
        tell(new Authentication.Ok());
        parameters.forEach((name, value) -> tell(new BackendMessage.ParameterStatus(name, value)));
        tell(new BackendMessage.BackendKeyData(opened.cancelKey()));
        tell(new BackendMessage.ReadyForQuery(TransactionStatus.IDLE));
    }

    @Override
    public void pass(ByteBuf bytes) {
        bytes.release();
    }

    @Override
    public void onPause() {
        client.flush();
    }

    @Override
    public void onWritable(boolean isWritable) {}

    @Override
    public void onGone() {
        move(new SessionEvent.ClientLeft());
        framer.close();
    }

    private void move(SessionEvent event) {
        state = SessionMachine.step(state, event).state();
    }

    private void end(ProxyFailure failure) {
        move(new SessionEvent.ClientLeft());
        sessions.refused(failure);
        var out = client.buffer(256);
        ErrorResponses.writeFatal(failure, out);
        client.write(out);
        client.close();
    }

    private void tell(BackendMessage message) {
        var out = client.buffer(128);
        BackendEncoder.encode(message, out);
        client.write(out);
    }

    private static Bytes secret() {
        var secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        return Bytes.copyOf(secret);
    }
}
