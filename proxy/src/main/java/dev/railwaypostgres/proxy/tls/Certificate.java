package dev.railwaypostgres.proxy.tls;

import dev.railwaypostgres.postgres.Bytes;
import dev.railwaypostgres.postgres.scram.ChannelBinding;
import dev.railwaypostgres.postgres.startup.DirectTls;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Our side of TLS towards clients.
 *
 * @param binding lets clients make sure in their login that nobody stands between; null when the certificate allows none
 * @param expires when clients that look at it will no longer take it
 */
public record Certificate(SslContext context, @Nullable ChannelBinding binding, Instant expires) {
    /**
     * @throws IOException when a file holds something else, or the key belongs to another certificate
     */
    static Certificate of(TlsContent content, TlsConfig config) throws IOException {
        var chain = chain(content.certificate(), config.certificateFile());
        var key = PemPrivateKey.parse(content.key().toText(), config.keyFile());
        requirePair(key, chain[0]);
        var settings = SslContextBuilder.forServer(key, chain).applicationProtocolConfig(alpn());
        if (config.clientCaFile() != null && config.clientCertificates() != ClientCertificates.NONE) {
            // Who shows none is told so in words, after the startup packet, as Postgres does it.
            settings.trustManager(chain(content.clientCa(), config.clientCaFile()))
                    .clientAuth(ClientAuth.OPTIONAL);
        }
        var context = TlsEngine.prepared(settings).build();
        forgetSessions(context);
        return new Certificate(
                context,
                ChannelBinding.ofCertificate(chain[0]).orElse(null),
                chain[0].getNotAfter().toInstant());
    }

    private static ApplicationProtocolConfig alpn() {
        return new ApplicationProtocolConfig(
                ApplicationProtocolConfig.Protocol.ALPN,
                ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                DirectTls.ALPN_PROTOCOL);
    }

    /** What is not resumed needs no memory. */
    private static void forgetSessions(SslContext context) {
        if (context.sessionContext() instanceof OpenSslSessionContext sessions) {
            sessions.setSessionCacheEnabled(false);
        }
    }

    private static X509Certificate[] chain(Bytes pem, Path file) throws IOException {
        try {
            var chain =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(pem.toArray()))
                            .stream()
                            .map(X509Certificate.class::cast)
                            .toArray(X509Certificate[]::new);
            if (chain.length == 0) {
                throw new IOException("no certificate in PEM: " + file);
            }
            return chain;
        } catch (CertificateException e) {
            throw new IOException("not a certificate: " + file, e);
        }
    }

    /** What the key signs must be what the certificate confirms. */
    private static void requirePair(PrivateKey key, X509Certificate certificate) throws IOException {
        var message = certificate.getSerialNumber().toByteArray();
        try {
            var signature = Signature.getInstance(signatureOf(key));
            signature.initSign(key);
            signature.update(message);
            var signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(message);
            if (signature.verify(signed)) {
                return;
            }
        } catch (GeneralSecurityException e) {
            throw new IOException("the private key and the certificate are of different kinds", e);
        }
        throw new IOException("the private key belongs to another certificate");
    }

    private static String signatureOf(PrivateKey key) {
        return switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
    }
}
