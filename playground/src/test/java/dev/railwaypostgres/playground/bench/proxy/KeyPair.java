package dev.railwaypostgres.playground.bench.proxy;

import dev.railwaypostgres.playground.process.Command;
import java.nio.file.Path;

/** An ECDSA key on P-256 and a certificate that it signed itself, in PEM, as a compute makes its own. */
record KeyPair(Path certificate, Path key) {
    static KeyPair makeIn(Path folder) {
        var pair = new KeyPair(folder.resolve("server.crt"), folder.resolve("server.key"));
        Command.of(
                        "openssl",
                        "req",
                        "-x509",
                        "-newkey",
                        "ec",
                        "-pkeyopt",
                        "ec_paramgen_curve:prime256v1",
                        "-nodes",
                        "-days",
                        "30",
                        "-subj",
                        "/CN=localhost",
                        "-keyout",
                        pair.key.toString(),
                        "-out",
                        pair.certificate.toString())
                .output();
        return pair;
    }
}
