package dev.railwaypostgres.archive.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;

/**
 * A key and a certificate for one server's life, made by the JDK's own {@code keytool}. Nobody trusts it by its name:
 * clients bind their login to it.
 */
public final class FreshCertificate {
    private static final long LIMIT_SECONDS = 30;

    private FreshCertificate() {}

    /** Leaves nothing on the disk. */
    public static ServerTls make() throws IOException, InterruptedException, GeneralSecurityException {
        var folder = Files.createTempDirectory("archive-tls");
        var file = folder.resolve("server.p12");
        var password = password();
        try {
            makeStore(file, password);
            return ServerTls.of(KeyStore.getInstance(file.toFile(), password.toCharArray()), password.toCharArray());
        } finally {
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
    }

    private static void makeStore(Path file, String password) throws IOException, InterruptedException {
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        var builder = new ProcessBuilder(
                keytool.toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=archive",
                "-validity",
                "3650",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass:env",
                "STORE_PASSWORD");
        builder.environment().put("STORE_PASSWORD", password);
        var process = builder.redirectErrorStream(true).start();
        var words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException("keytool could not make a certificate: " + words.strip());
        }
    }

    private static String password() {
        var bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
