package dev.railwaypostgres.archive.server;

import dev.railwaypostgres.postgres.scram.ChannelBinding;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Our certificate, which nobody has to know: clients bind their login to it. */
public final class ServerTls {
    private final SSLContext context;
    private final @Nullable ChannelBinding binding;

    private ServerTls(SSLContext context, @Nullable ChannelBinding binding) {
        this.context = context;
        this.binding = binding;
    }

    /**
     * @param store holds one key with its certificate
     * @throws GeneralSecurityException when it does not, or the password is wrong
     */
    public static ServerTls of(KeyStore store, char[] password) throws GeneralSecurityException {
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, password);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        var certificate = (X509Certificate) store.getCertificate(store.aliases().nextElement());
        return new ServerTls(context, ChannelBinding.ofCertificate(certificate).orElse(null));
    }

    SSLSocket accept(Socket socket) throws IOException {
        var secured = (SSLSocket) context.getSocketFactory().createSocket(socket, null, true);
        secured.startHandshake();
        return secured;
    }

    @Nullable
    ChannelBinding binding() {
        return binding;
    }
}
