package dev.railwaypostgres.proxy.tls;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which library encrypts: BoringSSL where it loads, else Java's own, which takes twice the time for a handshake and several
 * times the memory for a connection.
 */
public final class TlsEngine {
    private static final Logger LOG = LoggerFactory.getLogger(TlsEngine.class);

    /** Below them, Postgres does not go by default either. */
    private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

    private TlsEngine() {}

    /** Read once by either library, when it is first used. */
    private static final String TICKETS = "jdk.tls.server.enableSessionTicketExtension";

    private static final class Chosen {
        static final SslProvider PROVIDER = choose();

        private static SslProvider choose() {
            // Nothing is resumed, as with Postgres: no data ahead of a handshake, and less to send in each.
            System.setProperty(TICKETS, "false");
            if (OpenSsl.isAvailable()) {
                return SslProvider.OPENSSL;
            }
            LOG.atWarn()
                    .addKeyValue("cause", String.valueOf(OpenSsl.unavailabilityCause()))
                    .log("BoringSSL does not load here; Java's own TLS takes more time and memory");
            return SslProvider.JDK;
        }
    }

    public static SslProvider provider() {
        return Chosen.PROVIDER;
    }

    /** Whatever certificate the other side shows: the login that follows has to prove who it is. */
    public static SslContext forClientOfAnybody(SslContextBuilder settings) {
        try {
            return prepared(settings)
                    .trustManager(InsecureTrustManagerFactory.INSTANCE)
                    .endpointIdentificationAlgorithm(null)
                    .build();
        } catch (SSLException e) {
            throw new IllegalStateException("a TLS client without any settings can always be built", e);
        }
    }

    static SslContextBuilder prepared(SslContextBuilder settings) {
        return settings.sslProvider(provider()).protocols(VERSIONS);
    }
}
