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
import dev.railwaypostgres.proxy.auth.ClientAddress;
import dev.railwaypostgres.proxy.auth.LoginGuard;
import dev.railwaypostgres.proxy.failure.ErrorResponses;
import dev.railwaypostgres.proxy.failure.ProxyFailure;
import dev.railwaypostgres.proxy.operator.OperatorException;
import dev.railwaypostgres.proxy.operator.RoleSnapshot;
import dev.railwaypostgres.proxy.relay.Peer;
import dev.railwaypostgres.proxy.route.DatabaseRef;
import dev.railwaypostgres.proxy.route.RouteRequest;
import dev.railwaypostgres.proxy.route.RouteTable;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Brings a client from its startup packet to a session, by what is known here alone: no server is asked and nothing wakes.
 * Unknown roles and wrong passwords take the same way to the same end.
 */
public final class ClientLogin implements Peer.Listener, MessageSink {
    /** A client that speaks before it is asked may say so much. */
    private static final int MAX_EARLY = 8_192;

    /**
     * What is known of the client's connection so far.
     *
     * @param serverName what it asked for in TLS
     * @param binding of its TLS connection; null without TLS
     * @param elsewhere where it wants to go instead of a database; null: to a database
     */
    public record Door(
            ClientAddress from,
            @Nullable String serverName,
            @Nullable ChannelBinding binding,
            @Nullable Entrance elsewhere,
            Runnable loggedIn) {}

    private final Peer client;
    private final StartupMessage startup;
    private final Door door;
    private final Sessions sessions;
    private final MessageFramer framer = new MessageFramer(Sender.CLIENT, this);
    private final long since = System.nanoTime();

    private SessionState state = new SessionState.Started();
    private @Nullable Candidate candidate;
    private @Nullable ByteBuf early;
    private boolean hasBegun;
    private Peer.@Nullable Listener session;

    /** Who the client would be if its proof were right. */
    private record Candidate(
            Entrance entrance,
            RoleSnapshot snapshot,
            ScramVerifier verifier,
            ScramServer scram,
            LoginGuard.Attempt attempt) {}

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
        if (door.elsewhere() != null) {
            goTo(door.elsewhere().reference());
            return;
        }
        switch (sessions.find(RouteRequest.of(door.serverName(), startup))) {
            case RouteTable.Found.Nothing _ -> end(new ProxyFailure.UnknownDatabase(startup.database()));
            case RouteTable.Found.Contradiction _ -> end(new ProxyFailure.InconsistentEndpoint());
            case RouteTable.Found.One(var route) -> goTo(route.database());
        }
    }

    private void goTo(DatabaseRef reference) {
        move(new SessionEvent.StartupRead());
        negotiate();
        queue(new LoginGuard.Attempt(door.from(), reference, startup.user()));
    }

    /** What Postgres 18 does: down to the newest that we speak, and none of the options that it was asked for. */
    private void negotiate() {
        var spoken = startup.version().compareTo(ProtocolVersion.V3_2) > 0 ? ProtocolVersion.V3_2 : startup.version();
        if (!spoken.equals(startup.version()) || !startup.protocolOptions().isEmpty()) {
            tell(new BackendMessage.NegotiateProtocolVersion(spoken, startup.protocolOptions()));
        }
    }

    private void queue(LoginGuard.Attempt attempt) {
        switch (sessions.guard().ask(attempt)) {
            case LoginGuard.Answer.Refuse(Duration wait) -> end(new ProxyFailure.TooManyFailedLogins(wait));
            case LoginGuard.Answer.Begin(Duration wait) when wait.isZero() -> lookUp(attempt);
            case LoginGuard.Answer.Begin(Duration wait) ->
                CompletableFuture.delayedExecutor(wait.toNanos(), TimeUnit.NANOSECONDS, sessions.loop())
                        .execute(() -> queueAgain(attempt));
        }
    }

    private void queueAgain(LoginGuard.Attempt attempt) {
        if (isOpen()) {
            lookUp(attempt);
        }
    }

    private void lookUp(LoginGuard.Attempt attempt) {
        var entrance = door.elsewhere() == null ? sessions.entrance(attempt.database()) : door.elsewhere();
        if (entrance == null) {
            end(new ProxyFailure.UnknownDatabase(startup.database()));
            return;
        }
        entrance.roles((found, problem) -> rolesFound(entrance, attempt, found, problem));
    }

    private void rolesFound(
            Entrance entrance, LoginGuard.Attempt attempt, @Nullable RoleSnapshot found, @Nullable Throwable problem) {
        if (!isOpen()) {
            return;
        }
        if (found == null) {
            end(unknown(problem));
            return;
        }
        var used = found.verifier(attempt.role(), Instant.now())
                .orElseGet(() -> sessions.guard().standIn(attempt));
        candidate = new Candidate(entrance, found, used, new ScramServer(used, door.binding()), attempt);
        tell(new Authentication.Sasl(ScramServer.mechanisms(door.binding())));
        client.flush();
        takeUpEarly();
    }

    private ProxyFailure unknown(@Nullable Throwable problem) {
        var cause = problem instanceof CompletionException ? problem.getCause() : problem;
        return cause instanceof OperatorException.UnknownDatabase
                ? new ProxyFailure.UnknownDatabase(startup.database())
                : new ProxyFailure.NotReadyYet();
    }

    @Override
    public void onBytes(ByteBuf bytes) {
        if (session != null) {
            session.onBytes(bytes);
        } else if (candidate == null) {
            keepEarly(bytes);
        } else {
            feed(bytes);
        }
    }

    /** What comes before the question waits; it is judged once there is one. */
    private void keepEarly(ByteBuf bytes) {
        var kept = early == null ? client.buffer(bytes.readableBytes()) : early;
        early = kept.writeBytes(bytes);
        bytes.release();
        if (kept.readableBytes() > MAX_EARLY || !isOpen()) {
            client.close();
            forgetEarly();
        }
    }

    private void takeUpEarly() {
        var kept = early;
        early = null;
        if (kept != null) {
            feed(kept);
        }
    }

    private void forgetEarly() {
        if (early != null) {
            early.release();
            early = null;
        }
    }

    private void feed(ByteBuf bytes) {
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
        if (candidate == null) {
            return Verdict.STOP;
        }
        if (tag != FrontendTag.PASSWORD) {
            throw new ProtocolViolation("expected SASL response, got message type " + (tag & 0xFF));
        }
        if (bodyLength > ScramServer.MAX_MESSAGE_LENGTH) {
            throw ProtocolViolation.badLength();
        }
        return Verdict.TAKE;
    }

    @Override
    public Verdict look(byte tag, ByteBuf body) {
        throw new IllegalStateException("nothing is looked at in a login");
    }

    @Override
    public void take(byte tag, ByteBuf body) {
        var who = candidate;
        if (who == null || !isOpen()) {
            return;
        }
        if (hasBegun) {
            candidate = null;
            finished(
                    who,
                    who.scram().finish(FrontendDecoder.decodeSaslResponse(body).data()));
        } else {
            var first = FrontendDecoder.decodeSaslInitialResponse(body);
            var data = first.data() == null ? Bytes.EMPTY : first.data();
            tell(new Authentication.SaslContinue(who.scram().begin(first.mechanism(), data)));
            hasBegun = true;
        }
        client.flush();
    }

    private void finished(Candidate who, ScramOutcome outcome) {
        switch (outcome) {
            case ScramOutcome.Refused _ -> refused(who);
            case ScramOutcome.Authenticated(Bytes serverFinal, ClientKey key) -> {
                tell(new Authentication.SaslFinal(serverFinal));
                authenticated(who, key);
            }
        }
    }

    /** What is known of the role may be old. Roles that do not exist are looked for just as long. */
    private void refused(Candidate who) {
        sessions.guard().failed(who.attempt());
        who.entrance().rolesAgain(fresh -> {
            if (isOpen()) {
                end(
                        fresh.knowsTheSame(startup.user(), who.snapshot())
                                ? new ProxyFailure.WrongPassword(startup.user())
                                : new ProxyFailure.RoleChanged(startup.user()));
            }
        });
    }

    private void authenticated(Candidate who, ClientKey key) {
        sessions.guard().succeeded(who.attempt());
        if (!who.snapshot().mayLogIn(startup.user())) {
            key.destroy();
            end(new ProxyFailure.RoleMayNotLogIn(startup.user()));
            return;
        }
        var guest = new Entrance.Guest(client, startup, door.from(), key, who.verifier(), who.snapshot(), since);
        switch (who.entrance().admit(guest)) {
            case Entrance.Admission.Refused(ProxyFailure why) -> {
                key.destroy();
                end(why);
            }
            case Entrance.Admission.Admitted admitted -> admitted(admitted);
        }
    }

    private void admitted(Entrance.Admission.Admitted admitted) {
        move(new SessionEvent.LoggedIn());
        door.loggedIn().run();
        greet(admitted);
        session = admitted.session();
        client.listen(admitted.session());
        sessions.metrics().login("succeeded");
    }

    private void greet(Entrance.Admission.Admitted admitted) {
        tell(new Authentication.Ok());
        admitted.parameters().forEach((name, value) -> tell(new BackendMessage.ParameterStatus(name, value)));
        tell(new BackendMessage.BackendKeyData(admitted.cancelKey()));
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
        if (isOpen()) {
            sessions.metrics().login("gone");
        }
        move(new SessionEvent.ClientLeft());
        framer.close();
        forgetEarly();
    }

    private boolean isOpen() {
        return !(state instanceof SessionState.Closed);
    }

    private void move(SessionEvent event) {
        state = SessionMachine.step(state, event).state();
    }

    private void end(ProxyFailure failure) {
        move(new SessionEvent.ClientLeft());
        sessions.refused(failure);
        sessions.metrics().login(failure.kind());
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
}
