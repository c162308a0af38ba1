package dev.railwaypostgres.postgres.replication;

import dev.railwaypostgres.postgres.ProtocolViolation;
import dev.railwaypostgres.postgres.message.Authentication;
import dev.railwaypostgres.postgres.message.BackendDecoder;
import dev.railwaypostgres.postgres.message.BackendMessage;
import dev.railwaypostgres.postgres.message.FrontendEncoder;
import dev.railwaypostgres.postgres.message.FrontendMessage;
import dev.railwaypostgres.postgres.message.Sender;
import dev.railwaypostgres.postgres.scram.ChannelBinding;
import dev.railwaypostgres.postgres.scram.ScramClient;
import dev.railwaypostgres.postgres.scram.ScramFailure;
import dev.railwaypostgres.postgres.socket.Frame;
import dev.railwaypostgres.postgres.socket.MessageChannel;
import dev.railwaypostgres.postgres.startup.StartupEncoder;
import dev.railwaypostgres.postgres.startup.StartupPacket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** From nothing to a channel that is logged in: TLS and SCRAM, nothing weaker. */
final class Dial {
    private final Server server;
    private final Login login;
    private final MessageChannel channel;

    private Dial(Server server, Login login, MessageChannel channel) {
        this.server = server;
        this.login = login;
        this.channel = channel;
    }

    static MessageChannel dial(Server server, Login login) throws IOException {
        var socket = new Socket();
        try {
            socket.connect(
                    new InetSocketAddress(server.host(), server.port()),
                    Math.toIntExact(server.patience().toMillis()));
            var channel = new MessageChannel(socket, Sender.SERVER);
            channel.limitSilence(server.patience());
            new Dial(server, login, channel).logIn();
            return channel;
        } catch (ScramFailure e) {
            socket.close();
            throw new ReplicationFailure.Distrusted("the login failed: " + e.getMessage(), e);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private void logIn() throws IOException {
        var binding =
                switch (server.encryption()) {
                    case NONE -> null;
                    case BOUND_TLS -> secure();
                };
        channel.send(out -> StartupEncoder.encode(new StartupPacket.Startup(login.startup()), out));
        authenticate(binding);
        while (!(message() instanceof BackendMessage.ReadyForQuery)) {
            // Settings and the cancel key.
        }
    }

    private ChannelBinding secure() throws IOException {
        channel.send(out -> StartupEncoder.encode(new StartupPacket.SslRequest(), out));
        if (channel.readByte() != 'S') {
            throw new ReplicationFailure.Distrusted("the server does not offer TLS");
        }
        var factory = BoundTls.CONTEXT.getSocketFactory();
        var socket = (SSLSocket) factory.createSocket(channel.socket(), server.host(), server.port(), true);
        socket.startHandshake();
        channel.secure(socket);
        return binding(socket)
                .orElseThrow(() ->
                        new ReplicationFailure.Distrusted("the server's certificate names no hash to bind SCRAM to"));
    }

    private static Optional<ChannelBinding> binding(SSLSocket socket) throws IOException {
        return ChannelBinding.ofCertificate(
                (X509Certificate) socket.getSession().getPeerCertificates()[0]);
    }

    private void authenticate(@Nullable ChannelBinding binding) throws IOException {
        if (!(message() instanceof Authentication.Sasl(var mechanisms))) {
            throw new ReplicationFailure.Distrusted("the server offers no login by SCRAM");
        }
        var scram = ScramClient.start(login.credentials(), binding, mechanisms);
        send(new FrontendMessage.SaslInitialResponse(scram.mechanism(), scram.first()));
        if (!(message() instanceof Authentication.SaslContinue(var challenge))) {
            throw new ProtocolViolation("the server breaks the login off");
        }
        send(new FrontendMessage.SaslResponse(scram.answer(challenge)));
        if (!(message() instanceof Authentication.SaslFinal(var proof))) {
            throw new ProtocolViolation("the server breaks the login off");
        }
        scram.verify(proof);
        if (!(message() instanceof Authentication.Ok)) {
            throw new ProtocolViolation("the server breaks the login off");
        }
    }

    private void send(FrontendMessage message) throws IOException {
        channel.send(out -> FrontendEncoder.encode(message, out));
    }

    private BackendMessage message() throws IOException {
        Frame frame = channel.next();
        return switch (BackendDecoder.decode(frame.tag(), frame.body())) {
            case BackendMessage.ErrorResponse(var fields) -> throw new ReplicationFailure.Refused(fields);
            case BackendMessage.NoticeResponse _ -> message();
            case BackendMessage other -> other;
        };
    }
}
