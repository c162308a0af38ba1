package dev.railwaypostgres.proxy.tls;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How clients encrypt. The files are PEM and may change while we run.
 *
 * @param isRequired unencrypted clients are sent away
 * @param clientCaFile who signs clients' certificates; null: nobody is asked for one
 */
public record TlsConfig(
        Path certificateFile,
        Path keyFile,
        boolean isRequired,
        @Nullable Path clientCaFile,
        ClientCertificates clientCertificates) {}
