package dev.railwaypostgres.proxy;

import dev.railwaypostgres.proxy.cancel.PeersConfig;
import dev.railwaypostgres.proxy.console.ConsoleConfig;
import dev.railwaypostgres.proxy.server.Cidr;
import dev.railwaypostgres.proxy.server.DoorConfig;
import dev.railwaypostgres.proxy.server.TransportChoice;
import dev.railwaypostgres.proxy.tls.ClientCertificates;
import dev.railwaypostgres.proxy.tls.TlsConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Settings of a proxy under test, each of which a test may choose. */
public final class AProxyConfig {
    private int port;
    private @Nullable TlsConfig tls;
    private Duration wakeTimeout = Duration.ofSeconds(20);
    private Duration loginTimeout = Duration.ofSeconds(5);
    private int loginsPerAddress = 1_000;
    private int logins = 4_000;
    private List<Cidr> announced = List.of();
    private TransportChoice transport = TransportChoice.AUTO;
    private @Nullable Path sharedKeyFile;
    private @Nullable PeersConfig peers;
    private @Nullable ConsoleConfig console;

    private AProxyConfig(@Nullable TlsConfig tls) {
        this.tls = tls;
    }

    /** With TLS, which clients must use. */
    public static AProxyConfig usual() throws IOException, GeneralSecurityException {
        var certificate = TestCertificate.get();
        return new AProxyConfig(new TlsConfig(
                certificate.certificateFile(), certificate.keyFile(), true, null, ClientCertificates.NONE));
    }

    public AProxyConfig port(int fixed) {
        port = fixed;
        return this;
    }

    public AProxyConfig tls(@Nullable TlsConfig config) {
        tls = config;
        return this;
    }

    public AProxyConfig wakeTimeout(Duration timeout) {
        wakeTimeout = timeout;
        return this;
    }

    public AProxyConfig loginTimeout(Duration timeout) {
        loginTimeout = timeout;
        return this;
    }

    public AProxyConfig logins(int perAddress, int inAll) {
        loginsPerAddress = perAddress;
        logins = inAll;
        return this;
    }

    public AProxyConfig announcedFrom(String... networks) {
        announced = List.of(networks).stream().map(Cidr::parse).toList();
        return this;
    }

    public AProxyConfig transport(TransportChoice choice) {
        transport = choice;
        return this;
    }

    public AProxyConfig peers(Path keyFile, PeersConfig others) {
        sharedKeyFile = keyFile;
        peers = others;
        return this;
    }

    public AProxyConfig console(ConsoleConfig users) {
        console = users;
        return this;
    }

    public ProxyConfig build() {
        return new ProxyConfig(
                port,
                tls,
                "db.test",
                URI.create("http://localhost"),
                Path.of("unused"),
                List.of(),
                wakeTimeout,
                new DoorConfig(loginTimeout, loginsPerAddress, logins, announced),
                Duration.ofSeconds(1),
                0,
                transport,
                "test",
                sharedKeyFile,
                peers,
                console);
    }
}
