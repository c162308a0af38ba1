package dev.railwaypostgres.playground.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;

/** Writes the files by which clients find a cluster and log in to it. They hold everything themselves and can be moved. */
final class Kubeconfig {
    private static final String TEXT = """
            apiVersion: v1
            kind: Config
            current-context: playground
            contexts:
              - name: playground
                context: {cluster: playground, user: %3$s, namespace: default}
            clusters:
              - name: playground
                cluster:
                  server: %1$s
                  certificate-authority-data: %2$s
            users:
              - name: %3$s
                user:
            %4$s
            """;

    private Kubeconfig() {}

    static void writeAdmin(Path file, String server, Certificates certificates) {
        var user = "      client-certificate-data: %s%n      client-key-data: %s"
                .formatted(encoded(read(certificates.admin())), encoded(read(certificates.adminKey())));
        write(file, TEXT.formatted(server, encoded(read(certificates.authority())), "admin", user));
    }

    static void writeToken(Path file, ServiceAccounts.Cluster cluster, String user, String token) {
        write(file, TEXT.formatted(cluster.server(), cluster.authority(), user, "      token: " + token));
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.resolveSibling("."));
            Files.writeString(file, text);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    static String encoded(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    static String encoded(String text) {
        return encoded(text.getBytes(StandardCharsets.UTF_8));
    }
}
