package dev.railwaypostgres.proxy.tls;

import dev.railwaypostgres.postgres.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What stands in the files at one moment. */
record TlsContent(Bytes certificate, Bytes key, Bytes clientCa) {
    static TlsContent read(TlsConfig config) throws IOException {
        return new TlsContent(bytes(config.certificateFile()), bytes(config.keyFile()), bytes(config.clientCaFile()));
    }

    private static Bytes bytes(@Nullable Path file) throws IOException {
        return file == null ? Bytes.EMPTY : Bytes.copyOf(Files.readAllBytes(file));
    }
}
