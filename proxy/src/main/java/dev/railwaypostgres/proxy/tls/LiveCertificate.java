package dev.railwaypostgres.proxy.tls;

import dev.railwaypostgres.proxy.manage.ProxyMetrics;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate as it stands in its files, which are looked at now and then: Secrets are renewed while we run. New
 * connections get what is there now, open ones keep theirs. Files that do not fit together change nothing.
 */
public final class LiveCertificate {
    private static final Logger LOG = LoggerFactory.getLogger(LiveCertificate.class);

    private final TlsConfig config;
    private final ProxyMetrics metrics;
    private volatile Certificate current;

    /** What has been taken over, or found broken, last. */
    private TlsContent judged;

    /** What the look before found: only what stays the same for two looks has been written to its end. */
    private @Nullable TlsContent seen;

    /** Told once, however often it is met. */
    private String problem = "";

    private LiveCertificate(TlsConfig config, TlsContent content, ProxyMetrics metrics) throws IOException {
        this.config = config;
        this.metrics = metrics;
        this.judged = content;
        this.current = Certificate.of(content, config);
        metrics.certificateExpires(current.expires());
    }

    /**
     * @throws IOException when a file cannot be read, or they do not fit together
     */
    public static LiveCertificate read(TlsConfig config, ProxyMetrics metrics) throws IOException {
        return new LiveCertificate(config, TlsContent.read(config), metrics);
    }

    public TlsConfig config() {
        return config;
    }

    public Certificate current() {
        return current;
    }

    /** Takes over what is new. Reads files: not for an event loop. */
    public synchronized void look() {
        try {
            var found = TlsContent.read(config);
            boolean isSettled = found.equals(seen);
            seen = found;
            problem = found.equals(judged) ? problem : "";
            if (isSettled && !found.equals(judged)) {
                judged = found;
                takeOver(Certificate.of(found, config));
            }
        } catch (IOException e) {
            keep(e);
        }
    }

    /**
     * Takes over what is there now, for somebody who knows that it is written to its end. Reads files.
     *
     * @throws IOException when it is not good; the certificate before stays
     */
    public synchronized void reload() throws IOException {
        var found = TlsContent.read(config);
        if (!found.equals(judged)) {
            takeOver(Certificate.of(found, config));
            judged = found;
        }
    }

    private void takeOver(Certificate renewed) {
        current = renewed;
        metrics.certificateExpires(renewed.expires());
        metrics.certificateRead(true);
        LOG.atInfo().addKeyValue("expires", renewed.expires()).log("a new certificate is in use for new connections");
    }

    private void keep(IOException cause) {
        if (problem.equals(cause.toString())) {
            return;
        }
        problem = cause.toString();
        metrics.certificateRead(false);
        LOG.atWarn()
                .addKeyValue("cause", problem)
                .log("the certificate's files have changed and are not good; the certificate before stays in use");
    }
}
