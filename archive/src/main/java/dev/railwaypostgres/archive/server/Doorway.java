package dev.railwaypostgres.archive.server;

import dev.railwaypostgres.postgres.Bytes;
import dev.railwaypostgres.postgres.CancelKey;
import dev.railwaypostgres.postgres.ErrorFields;
import dev.railwaypostgres.postgres.ProtocolViolation;
import dev.railwaypostgres.postgres.SqlState;
import dev.railwaypostgres.postgres.message.Authentication;
import dev.railwaypostgres.postgres.message.BackendMessage;
import dev.railwaypostgres.postgres.message.FrontendDecoder;
import dev.railwaypostgres.postgres.message.FrontendTag;
import dev.railwaypostgres.postgres.scram.ChannelBinding;
import dev.railwaypostgres.postgres.scram.ScramOutcome;
import dev.railwaypostgres.postgres.scram.ScramServer;
import dev.railwaypostgres.postgres.scram.ScramVerifier;
import dev.railwaypostgres.postgres.socket.Frame;
import dev.railwaypostgres.postgres.socket.MessageChannel;
import dev.railwaypostgres.postgres.startup.StartupMessage;
import dev.railwaypostgres.postgres.startup.StartupPacket;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** From the first byte of a connection to a session: TLS, the one role, its password. Says no like Postgres. */
final class Doorway {
    /** Makes up verifiers for roles that do not exist. */
    private static final Bytes SECRET = secret();

    private final MessageChannel channel;
    private final Answers answers;
    private final ServerTls tls;
    private final ServedRole role;
    private final Clock clock;
    private boolean secured;

    Doorway(MessageChannel channel, ServerTls tls, ServedRole role, Clock clock) {
        this.channel = channel;
        this.answers = new Answers(channel);
        this.tls = tls;
        this.role = role;
        this.clock = clock;
    }

    /**
     * Lets a client in.
     *
     * @param version what it is told about ours
     * @return false when it did not want to, or was refused
     * @throws ProtocolViolation when it talks nonsense
     */
    boolean admit(String version) throws IOException {
        var message = startup();
        if (message == null) {
            return false;
        }
        var refusal = refusal(message);
        if (refusal == null && !proves(message.user())) {
            refusal = ErrorFields.fatal(
                    SqlState.INVALID_PASSWORD,
                    "password authentication failed for user \"%s\"".formatted(message.user()));
        }
        if (refusal == null && !clock.instant().isBefore(role.deadline())) {
            refusal = ErrorFields.fatal(SqlState.CANNOT_CONNECT_NOW, "the time of this restore is over");
        }
        if (refusal != null) {
            answers.send(new BackendMessage.ErrorResponse(refusal));
            return false;
        }
        welcome(version);
        return true;
    }

    /** Null when there is none to come. */
    private @Nullable StartupMessage startup() throws IOException {
        while (true) {
            switch (channel.readStartup()) {
                case StartupPacket.SslRequest _ -> secure();
                case StartupPacket.GssEncRequest _ -> sendByte('N');
                case StartupPacket.CancelRequest _ -> {
                    return null;
                }
                case StartupPacket.Startup(StartupMessage message) -> {
                    return message;
                }
            }
        }
    }

    private void secure() throws IOException {
        if (secured) {
            throw new ProtocolViolation("invalid length of startup packet");
        }
        sendByte('S');
        channel.secure(tls.accept(channel.socket()));
        secured = true;
    }

    private @Nullable ErrorFields refusal(StartupMessage message) {
        if (!secured) {
            return ErrorFields.fatal(SqlState.INVALID_AUTHORIZATION, "an archive is reached by TLS only")
                    .withHint("Use sslmode=require and channel_binding=require.");
        }
        if (!message.isReplication()) {
            return ErrorFields.fatal(
                            SqlState.FEATURE_NOT_SUPPORTED, "this is an archive: it takes replication connections only")
                    .withHint("Restore from it with pg_basebackup, or follow it with a standby.");
        }
        return null;
    }

    /** Goes the same way for a role that does not exist. */
    private boolean proves(String user) throws IOException {
        var verifier = user.equals(role.name()) ? role.verifier() : ScramVerifier.mock(user, SECRET);
        ChannelBinding binding = tls.binding();
        var scram = new ScramServer(verifier, binding);
        answers.send(new Authentication.Sasl(ScramServer.mechanisms(binding)));
        var first = FrontendDecoder.decodeSaslInitialResponse(password());
        var data = first.data();
        if (data == null) {
            answers.send(new Authentication.SaslContinue(Bytes.EMPTY));
            data = FrontendDecoder.decodeSaslResponse(password()).data();
        }
        answers.send(new Authentication.SaslContinue(scram.begin(first.mechanism(), data)));
        return switch (scram.finish(
                FrontendDecoder.decodeSaslResponse(password()).data())) {
            case ScramOutcome.Authenticated authenticated -> {
                authenticated.clientKey().destroy();
                answers.send(new Authentication.SaslFinal(authenticated.serverFinal()));
                yield true;
            }
            case ScramOutcome.Refused _ -> false;
        };
    }

    private ByteBuf password() throws IOException {
        Frame frame = channel.next(ScramServer.MAX_MESSAGE_LENGTH);
        if (frame.tag() != FrontendTag.PASSWORD) {
            throw new ProtocolViolation("expected SASL response, got message type " + (frame.tag() & 0xFF));
        }
        return frame.body();
    }

    private void welcome(String version) throws IOException {
        answers.send(
                new Authentication.Ok(),
                new BackendMessage.ParameterStatus("server_version", version),
                new BackendMessage.ParameterStatus("server_encoding", "UTF8"),
                new BackendMessage.ParameterStatus("client_encoding", "UTF8"),
                new BackendMessage.ParameterStatus("DateStyle", "ISO, MDY"),
                new BackendMessage.ParameterStatus("integer_datetimes", "on"),
                new BackendMessage.ParameterStatus("standard_conforming_strings", "on"),
                new BackendMessage.BackendKeyData(new CancelKey(1, Bytes.copyOf(new byte[Integer.BYTES]))));
        answers.ready();
    }

    private void sendByte(char answer) throws IOException {
        channel.send(out -> out.writeByte(answer));
    }

    private static Bytes secret() {
        var bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Bytes.copyOf(bytes);
    }
}
