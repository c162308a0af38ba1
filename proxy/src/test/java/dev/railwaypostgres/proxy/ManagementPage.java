package dev.railwaypostgres.proxy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** What the management port says at one path. */
record ManagementPage(int status, String body) {
    static ManagementPage of(Proxy proxy, String path) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var uri = URI.create("http://127.0.0.1:" + proxy.managementPort() + path);
            var answer = http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
            return new ManagementPage(answer.statusCode(), answer.body());
        }
    }
}
