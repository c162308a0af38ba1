package dev.railwaypostgres.playground.simulator.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/** S3 over a folder; signatures are checked. What was stored is there again when another one starts over the same folder. */
public final class S3Simulator implements AutoCloseable {
    private static final String ACCESS_KEY = "playground";
    private static final String SECRET_KEY = "playground-secret-key";

    private final S3Proxy proxy;

    private S3Simulator(S3Proxy proxy) {
        this.proxy = proxy;
    }

    /**
     * Starts on loopback; returns when it answers.
     *
     * @param port 0 for any
     */
    public static S3Simulator start(Path folder, int port) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot use " + folder, e);
        }
        var proxy = S3Proxy.builder()
                .blobStore(new FilesystemNio2BlobStore(folder.toString()))
                .endpoint(URI.create("http://127.0.0.1:" + port))
                .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
                .stopTimeout(0)
                .build();
        started(proxy);
        return new S3Simulator(proxy);
    }

    /** Its start declares every exception there is. */
    private static void started(S3Proxy proxy) {
        try {
            proxy.start();
        } catch (Exception e) {
            throw new IllegalStateException("The object store does not start", e);
        }
    }

    /** The endpoint; buckets are addressed by path. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + proxy.getPort());
    }

    /** The one access key that is accepted. */
    public String accessKey() {
        return ACCESS_KEY;
    }

    /** The access key's secret. */
    public String secretKey() {
        return SECRET_KEY;
    }

    @Override
    public void close() {
        try {
            proxy.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The object store does not stop", e);
        }
    }
}
