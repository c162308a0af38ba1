package dev.railwaypostgres.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A self-signed certificate, made once by the JDK's own keytool. */
public final class TestCertificate {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final String ALIAS = "test";

    private final KeyStore store;
    private final Path folder;

    private TestCertificate(KeyStore store, Path folder) {
        this.store = store;
        this.folder = folder;
    }

    private static final class Holder {
        static final TestCertificate ONLY = another();
    }

    public static TestCertificate get() {
        return Holder.ONLY;
    }

    /** One more, which has nothing to do with any other. */
    public static TestCertificate another() {
        try {
            var folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "certificate");
            var file = folder.resolve("store.p12");
            var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
            var process = new ProcessBuilder(
                            keytool.toString(),
                            "-genkeypair",
                            "-alias",
                            ALIAS,
                            "-keyalg",
                            "EC",
                            "-groupname",
                            "secp256r1",
                            "-sigalg",
                            "SHA256withECDSA",
                            "-dname",
                            "CN=test",
                            "-validity",
                            "30",
                            "-storetype",
                            "PKCS12",
                            "-keystore",
                            file.toString(),
                            "-storepass",
                            "changeit")
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(Files.readString(folder.resolve("log")));
            }
            var store = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(file)) {
                store.load(in, PASSWORD);
            }
            return new TestCertificate(store, folder);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public X509Certificate certificate() throws GeneralSecurityException {
        return (X509Certificate) store.getCertificate(ALIAS);
    }

    public SSLContext serverContext() throws GeneralSecurityException {
        var context = SSLContext.getInstance("TLS");
        context.init(keyManagers(), null, null);
        return context;
    }

    public KeyManager[] keyManagers() throws GeneralSecurityException {
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        return keys.getKeyManagers();
    }

    /** The certificate as a PEM file. */
    public Path certificateFile() throws IOException, GeneralSecurityException {
        Certificate certificate = store.getCertificate(ALIAS);
        return pem("certificate.pem", "CERTIFICATE", certificate.getEncoded());
    }

    /** The key as a PEM file. */
    public Path keyFile() throws IOException, GeneralSecurityException {
        Key key = store.getKey(ALIAS, PASSWORD);
        return pem("key.pem", "PRIVATE KEY", key.getEncoded());
    }

    private Path pem(String name, String kind, byte[] der) throws IOException {
        var text = "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + kind + "-----\n";
        return Files.writeString(folder.resolve(name), text);
    }
}
