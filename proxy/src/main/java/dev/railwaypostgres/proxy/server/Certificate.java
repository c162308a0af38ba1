package dev.railwaypostgres.proxy.server;

import dev.railwaypostgres.postgres.scram.ChannelBinding;
import dev.railwaypostgres.postgres.startup.DirectTls;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * Our side of TLS towards clients.
 *
 * @param binding lets clients make sure in their login that nobody stands between; null when the certificate allows none
 * @param isRequired unencrypted clients are sent away
 */
public record Certificate(SslContext context, @Nullable ChannelBinding binding, boolean isRequired) {
    /**
     * @throws IOException when a file cannot be read, or holds something else
     */
    public static Certificate read(Path certificateFile, Path keyFile, boolean isRequired) throws IOException {
        var chain = chain(certificateFile);
        var context = SslContextBuilder.forServer(PemPrivateKey.read(keyFile), chain)
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        ApplicationProtocolConfig.Protocol.ALPN,
                        ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                        ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                        DirectTls.ALPN_PROTOCOL))
                .build();
        return new Certificate(context, ChannelBinding.ofCertificate(chain[0]).orElse(null), isRequired);
    }

    private static X509Certificate[] chain(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            var chain = CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
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
}
