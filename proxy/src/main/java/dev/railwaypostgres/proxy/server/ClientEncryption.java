package dev.railwaypostgres.proxy.server;

import dev.railwaypostgres.postgres.scram.ChannelBinding;
import dev.railwaypostgres.postgres.startup.DirectTls;
import dev.railwaypostgres.proxy.failure.ProxyFailure;
import dev.railwaypostgres.proxy.tls.Certificate;
import dev.railwaypostgres.proxy.tls.ClientCertificates;
import dev.railwaypostgres.proxy.tls.LiveCertificate;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslHandler;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** The encryption of one client's connection: impossible, possible, or there. */
final class ClientEncryption {
    private static final String TLS = "tls";

    private final @Nullable LiveCertificate live;
    private @Nullable Certificate used;
    private boolean isDirect;
    private @Nullable String serverName;
    private boolean showedCertificate;

    /** @param live null: clients come unencrypted */
    ClientEncryption(@Nullable LiveCertificate live) {
        this.live = live;
    }

    boolean isPossible() {
        return live != null && used == null;
    }

    boolean isThere() {
        return used != null;
    }

    /** With the certificate of this moment. */
    void begin(ChannelHandlerContext context, boolean directly) {
        if (live == null) {
            throw new IllegalStateException("there is no certificate to encrypt with");
        }
        isDirect = directly;
        var certificate = live.current();
        used = certificate;
        var handler = certificate.context().newHandler(context.alloc());
        // The login's own time holds for the handshake too.
        handler.setHandshakeTimeoutMillis(0);
        context.pipeline().addFirst(TLS, handler);
    }

    /** @return whether the handshake said what Postgres' protocol wants it to say */
    boolean isAsItShould(SslHandler tls) {
        if (isDirect && !DirectTls.ALPN_PROTOCOL.equals(tls.applicationProtocol())) {
            return false;
        }
        var session = tls.engine().getSession();
        serverName = session instanceof ExtendedSSLSession extended ? nameIn(extended) : null;
        try {
            showedCertificate = session.getPeerCertificates().length > 0;
        } catch (SSLPeerUnverifiedException _) {
            showedCertificate = false;
        }
        return true;
    }

    private static @Nullable String nameIn(ExtendedSSLSession session) {
        return session.getRequestedServerNames().stream()
                .filter(SNIHostName.class::isInstance)
                .map(name -> ((SNIHostName) name).getAsciiName())
                .findFirst()
                .orElse(null);
    }

    /** Why a client may not log in over this connection. */
    Optional<ProxyFailure> refusal() {
        if (live == null) {
            return Optional.empty();
        }
        if (used == null && live.config().isRequired()) {
            return Optional.of(new ProxyFailure.TlsRequired());
        }
        boolean isMissing = live.config().clientCertificates() == ClientCertificates.REQUIRED && !showedCertificate;
        return isMissing ? Optional.of(new ProxyFailure.ClientCertificateRequired()) : Optional.empty();
    }

    @Nullable
    String serverName() {
        return serverName;
    }

    @Nullable
    ChannelBinding binding() {
        return used == null ? null : used.binding();
    }
}
