package dev.railwaypostgres.playground.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Asks an API server whether it is ready, which everybody may. */
final class ReadinessProbe implements BooleanSupplier, AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final int OK = 200;

    private final HttpClient http;
    private final HttpRequest request;

    ReadinessProbe(String server, Path authority) {
        this.http = HttpClient.newBuilder().sslContext(trusting(authority)).build();
        this.request = HttpRequest.newBuilder(URI.create(server + "/readyz"))
                .timeout(LIMIT)
                .build();
    }

    @Override
    public boolean getAsBoolean() {
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() == OK;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for the API server", e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private static SSLContext trusting(Path authority) {
        try (var stream = Files.newInputStream(authority)) {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry(
                    "authority", CertificateFactory.getInstance("X.509").generateCertificate(stream));
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + authority, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK cannot trust " + authority, e);
        }
    }
}
