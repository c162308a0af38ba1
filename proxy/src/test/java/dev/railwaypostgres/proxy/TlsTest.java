package dev.railwaypostgres.proxy;

import static dev.railwaypostgres.proxy.ProxyFixture.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.railwaypostgres.postgres.startup.StartupPacket;
import dev.railwaypostgres.proxy.tls.ClientCertificates;
import dev.railwaypostgres.proxy.tls.TlsConfig;
import io.netty.handler.ssl.OpenSsl;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How clients come to be encrypted, and by which certificates. */
class TlsTest {
    private static final Map<String, String> APP = Map.of("user", FakeServer.ROLE, "database", "app");

    private @Nullable ProxyFixture fixture;

    @TempDir
    private Path folder;

    private ProxyFixture start(AProxyConfig config) throws IOException {
        var started = new ProxyFixture(config);
        fixture = started;
        return started;
    }

    @AfterEach
    void stop() throws IOException {
        if (fixture != null) {
            fixture.close();
        }
    }

    @Test
    void encryptsByBoringSsl() {
        assertThat(OpenSsl.isAvailable())
                .as(() -> String.valueOf(OpenSsl.unavailabilityCause()))
                .isTrue();
        assertThat(OpenSsl.versionString()).isEqualTo("BoringSSL");
    }

    @Test
    void logsInOverDirectTls() throws Exception {
        try (var client = new RawClient(start(AProxyConfig.usual()).proxy.port())) {
            client.startTls("orders-shop.db.test", "postgresql");
            client.startup(Map.of("user", FakeServer.ROLE));
            client.authenticate(FakeServer.PASSWORD);
        }
    }

    @Test
    void refusesDirectTlsOfAnotherProtocol() throws Exception {
        try (var client = new RawClient(start(AProxyConfig.usual()).proxy.port())) {
            assertThatThrownBy(() -> {
                        client.startTls(null, "http/1.1");
                        client.startup(APP);
                        client.message();
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void saysNoToTlsWithoutACertificateAndGoesOnInClear() throws Exception {
        try (var client =
                new RawClient(start(AProxyConfig.usual().tls(null)).proxy.port())) {
            client.send(new StartupPacket.SslRequest());
            assertThat(client.read()).isEqualTo('N');
            client.startup(APP);
            client.authenticate(FakeServer.PASSWORD);
        }
    }

    @Test
    void acceptsClearTextWhereTlsIsOnlyOffered() throws Exception {
        try (var client = new RawClient(start(AProxyConfig.usual().tls(tls(false, null, ClientCertificates.NONE)))
                .proxy
                .port())) {
            client.startup(APP);
            client.authenticate(FakeServer.PASSWORD);
        }
    }

    @Test
    void asksForTlsOnlyOnce() throws Exception {
        try (var client =
                new RawClient(start(AProxyConfig.usual().tls(null)).proxy.port())) {
            client.send(new StartupPacket.SslRequest());
            assertThat(client.read()).isEqualTo('N');
            client.send(new StartupPacket.SslRequest());
            assertThat(client.readError()).isEqualTo("0A000");
        }
    }

    /** What is not resumed cannot carry data ahead of its handshake either. */
    @Test
    void givesNoTicketToResumeWith() throws Exception {
        var port = start(AProxyConfig.usual().loginTimeout(Duration.ofSeconds(1)))
                .proxy
                .port();
        var client = new ProcessBuilder(
                        "openssl", "s_client", "-connect", "127.0.0.1:" + port, "-alpn", "postgresql", "-tls1_3")
                .redirectErrorStream(true)
                .start();
        assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("TLSv1.3", "ALPN protocol: postgresql", "Early data was not sent")
                .doesNotContain("New Session Ticket");
    }

    @Test
    void refusesToRenegotiate() throws Exception {
        try (var client = new RawClient(start(AProxyConfig.usual()).proxy.port())) {
            var socket = encrypted(client, "TLSv1.2");
            assertThatThrownBy(() -> {
                        socket.startHandshake();
                        socket.getInputStream().read();
                    })
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void takesTheFirstLabelOfAHostNameInCapitals() throws Exception {
        try (var client = new RawClient(start(AProxyConfig.usual()).proxy.port())) {
            client.encrypt("ORDERS-SHOP.DB.TEST");
            client.startup(Map.of("user", FakeServer.ROLE));
            client.authenticate(FakeServer.PASSWORD);
        }
    }

    private static SSLSocket encrypted(RawClient client, String version) throws IOException, GeneralSecurityException {
        client.send(new StartupPacket.SslRequest());
        assertThat(client.read()).isEqualTo('S');
        var plain = client.socket();
        var socket = (SSLSocket) RawClient.clientContext(null)
                .getSocketFactory()
                .createSocket(plain, "127.0.0.1", plain.getPort(), true);
        socket.setEnabledProtocols(new String[] {version});
        socket.startHandshake();
        return socket;
    }

    // ---- clients' own certificates

    private static TlsConfig tls(boolean isRequired, @Nullable TestCertificate clientCa, ClientCertificates clients)
            throws IOException, GeneralSecurityException {
        var own = TestCertificate.get();
        return new TlsConfig(
                own.certificateFile(),
                own.keyFile(),
                isRequired,
                clientCa == null ? null : clientCa.certificateFile(),
                clients);
    }

    private static void logIn(RawClient client, @Nullable TestCertificate own)
            throws IOException, GeneralSecurityException {
        client.send(new StartupPacket.SslRequest());
        assertThat(client.read()).isEqualTo('S');
        client.startTlsBy(RawClient.clientContext(own == null ? null : own.keyManagers()), null);
        client.startup(APP);
        client.authenticate(FakeServer.PASSWORD);
    }

    @ParameterizedTest
    @EnumSource(
            value = ClientCertificates.class,
            names = {"OPTIONAL", "REQUIRED"})
    void acceptsAClientsGoodCertificate(ClientCertificates clients) throws Exception {
        var good = TestCertificate.another();
        try (var client = new RawClient(
                start(AProxyConfig.usual().tls(tls(true, good, clients))).proxy.port())) {
            logIn(client, good);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ClientCertificates.class,
            names = {"OPTIONAL", "REQUIRED"})
    void endsTheHandshakeWithAClientsBadCertificate(ClientCertificates clients) throws Exception {
        var config = AProxyConfig.usual().tls(tls(true, TestCertificate.another(), clients));
        try (var client = new RawClient(start(config).proxy.port())) {
            assertThatThrownBy(() -> logIn(client, TestCertificate.another()))
                    .isInstanceOf(javax.net.ssl.SSLException.class);
        }
    }

    @Test
    void tellsAClientThatItsCertificateIsMissing() throws Exception {
        var config = AProxyConfig.usual().tls(tls(true, TestCertificate.another(), ClientCertificates.REQUIRED));
        try (var client = new RawClient(start(config).proxy.port())) {
            assertThatThrownBy(() -> logIn(client, null)).hasMessage("28000");
        }
    }

    @Test
    void wantsACertificateOfClientsInClearTextToo() throws Exception {
        var config = AProxyConfig.usual().tls(tls(false, TestCertificate.another(), ClientCertificates.REQUIRED));
        try (var client = new RawClient(start(config).proxy.port())) {
            client.startup(APP);
            assertThat(client.readError()).isEqualTo("28000");
        }
    }

    @Test
    void goesOnWithoutACertificateThatIsOptional() throws Exception {
        var config = AProxyConfig.usual().tls(tls(true, TestCertificate.another(), ClientCertificates.OPTIONAL));
        try (var client = new RawClient(start(config).proxy.port())) {
            logIn(client, null);
        }
    }

    // ---- renewal

    /** As the kubelet does it: a link to a folder changes, and with it all files at once. */
    private void mount(Path certificate, Path key) throws IOException {
        var version = Files.createTempDirectory(folder, "..version");
        Files.copy(certificate, version.resolve("tls.crt"));
        Files.copy(key, version.resolve("tls.key"));
        var link = Files.createSymbolicLink(folder.resolve("..data_tmp"), version.getFileName());
        Files.move(link, folder.resolve("..data"), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        for (var name : new String[] {"tls.crt", "tls.key"}) {
            if (!Files.exists(folder.resolve(name), java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
                Files.createSymbolicLink(folder.resolve(name), Path.of("..data", name));
            }
        }
    }

    private TlsConfig mounted() {
        return new TlsConfig(folder.resolve("tls.crt"), folder.resolve("tls.key"), true, null, ClientCertificates.NONE);
    }

    private static X509Certificate shownBy(ProxyFixture proxy) throws IOException, GeneralSecurityException {
        try (var client = new RawClient(proxy.proxy.port())) {
            client.encrypt(null);
            return (X509Certificate) ((SSLSocket) client.socket()).getSession().getPeerCertificates()[0];
        }
    }

    @Test
    void showsARenewedCertificateToNewClientsAndKeepsOldSessions() throws Exception {
        var first = TestCertificate.get();
        var second = TestCertificate.another();
        mount(first.certificateFile(), first.keyFile());
        var running = start(AProxyConfig.usual().tls(mounted()));
        try (var before = running.connect()) {
            assertThat(shownBy(running)).isEqualTo(first.certificate());
            mount(second.certificateFile(), second.keyFile());
            Eventually.holds(
                    "new clients see the new certificate",
                    () -> shownBy(running).equals(second.certificate()));
            assertThat(ask(before, "SELECT old")).isEqualTo("answer to SELECT old");
            var bound = new Properties();
            bound.putAll(Map.of("user", FakeServer.ROLE, "password", FakeServer.PASSWORD, "channelBinding", "require"));
            bound.setProperty("sslmode", "require");
            try (var after = running.connect("app", bound)) {
                assertThat(ask(after, "SELECT new")).isEqualTo("answer to SELECT new");
            }
        }
        assertThat(running.metric("certificate_reads_total{outcome=\"used\"}")).isEqualTo("1.0");
    }

    @Test
    void keepsTheCertificateWhenTheNewKeyBelongsToAnother() throws Exception {
        var first = TestCertificate.get();
        mount(first.certificateFile(), first.keyFile());
        var running = start(AProxyConfig.usual().tls(mounted()));
        mount(TestCertificate.another().certificateFile(), first.keyFile());
        Eventually.holds(
                "the broken pair is noticed",
                () -> running.metric("certificate_reads_total{outcome=\"broken\"}")
                        .equals("1.0"));
        assertThat(shownBy(running)).isEqualTo(first.certificate());
    }
}
