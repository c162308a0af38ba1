package dev.railwaypostgres.playground.kubernetes;

import dev.railwaypostgres.playground.process.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The keys of one control plane, made by openssl when they are missing: its authority, its server, its admin, its tokens' signer. */
record Certificates(Path folder) {
    private static final String DAYS = "3650";

    /** The certificates in this folder, which are made first if they never were. */
    static Certificates in(Path folder) {
        var certificates = new Certificates(folder);
        // Made last, so that it tells of all the others.
        if (!Files.exists(certificates.tokenKey())) {
            certificates.make();
        }
        return certificates;
    }

    Path authority() {
        return folder.resolve("ca.crt");
    }

    Path server() {
        return folder.resolve("apiserver.crt");
    }

    Path serverKey() {
        return folder.resolve("apiserver.key");
    }

    Path admin() {
        return folder.resolve("admin.crt");
    }

    Path adminKey() {
        return folder.resolve("admin.key");
    }

    Path tokenKey() {
        return folder.resolve("service-accounts.key");
    }

    private Path authorityKey() {
        return folder.resolve("ca.key");
    }

    private void make() {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make " + folder, e);
        }
        openssl(authority(), authorityKey(), "/CN=playground", List.of());
        sign(
                server(),
                serverKey(),
                "/CN=kube-apiserver",
                List.of(
                        "-addext", "subjectAltName=IP:127.0.0.1,IP:10.0.0.1,DNS:localhost,DNS:kubernetes.default.svc",
                        "-addext", "extendedKeyUsage=serverAuth"));
        sign(
                admin(),
                adminKey(),
                "/O=system:masters/CN=playground-admin",
                List.of("-addext", "extendedKeyUsage=clientAuth"));
        // The API server wants the traditional form, which genpkey does not write.
        Command.of(
                        "openssl",
                        "ecparam",
                        "-name",
                        "prime256v1",
                        "-genkey",
                        "-noout",
                        "-out",
                        tokenKey().toString())
                .output();
    }

    private void sign(Path certificate, Path key, String subject, List<String> extensions) {
        var signed = new ArrayList<>(extensions);
        signed.addAll(List.of("-addext", "basicConstraints=critical,CA:FALSE"));
        signed.addAll(
                List.of("-CA", authority().toString(), "-CAkey", authorityKey().toString()));
        openssl(certificate, key, subject, signed);
    }

    private static void openssl(Path certificate, Path key, String subject, List<String> more) {
        // RSA, since fabric8's client takes no other client keys from a kubeconfig.
        var line = new ArrayList<>(List.of("openssl", "req", "-x509", "-nodes", "-newkey", "rsa:2048"));
        line.addAll(List.of("-days", DAYS, "-subj", subject));
        line.addAll(List.of("-keyout", key.toString(), "-out", certificate.toString()));
        line.addAll(more);
        Command.of(line).output();
    }
}
