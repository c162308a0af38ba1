package dev.railwaypostgres.playground.kubernetes;

import dev.railwaypostgres.playground.binaries.ProcessNursery;
import dev.railwaypostgres.playground.process.ChildProcess;
import dev.railwaypostgres.playground.process.LocalPorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The store below the API server, reached by its JSON gateway where we need it ourselves. */
final class Etcd {
    private static final Pattern REVISION = Pattern.compile("\"revision\":\"(\\d+)\"");
    /** Any key will do ("a"): every answer carries the store's revision. */
    private static final String ANY_KEY = "{\"key\":\"YQ==\"}";

    private final String url;
    private final ChildProcess process;

    Etcd(ControlPlaneConfig config, LocalPorts ports, ProcessNursery nursery) {
        this.url = "http://127.0.0.1:" + ports.of("etcd");
        var peers = "http://127.0.0.1:" + ports.of("etcd-peers");
        var line = new ArrayList<>(List.of(
                config.binaries().etcd(),
                "--data-dir=" + config.folder().resolve("etcd"),
                "--listen-client-urls=" + url,
                "--advertise-client-urls=" + url,
                "--listen-peer-urls=" + peers));
        if (!config.durable()) {
            line.add("--unsafe-no-fsync");
        }
        var logs = config.folder().resolve("logs");
        this.process = ChildProcess.start("etcd", new ProcessBuilder(line), nursery, logs);
    }

    String url() {
        return url;
    }

    ChildProcess process() {
        return process;
    }

    void compact() {
        var revision = REVISION.matcher(post("/v3/kv/range", ANY_KEY));
        if (!revision.find()) {
            throw new IllegalStateException("etcd does not tell its revision");
        }
        post("/v3/kv/compaction", "{\"revision\":\"%s\",\"physical\":true}".formatted(revision.group(1)));
    }

    private String post(String path, String json) {
        var request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(20))
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request, BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException("etcd does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while talking to etcd", e);
        }
    }
}
