package dev.railwaypostgres.playground.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** How many reconciles an operator has done since it started, by its metrics. */
record Reconciles(URI metrics) {
    private static final String COUNTER = "railway_postgres_reconciles_seconds_count";

    Reconciles(int managementPort) {
        this(URI.create("http://127.0.0.1:" + managementPort + "/metrics"));
    }

    long count() {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofLines())
                    .body()
                    .filter(line -> line.startsWith(COUNTER) && line.contains("Done"))
                    .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException("The operator does not show its metrics", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while reading metrics", e);
        }
    }
}
