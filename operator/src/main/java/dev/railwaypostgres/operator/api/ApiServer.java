package dev.railwaypostgres.operator.api;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves the API on one port, each request on a virtual thread of its own. */
public final class ApiServer implements AutoCloseable {
    private static final int BACKLOG = 1024;
    private static final int SECONDS_TO_FINISH = 2;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    ApiServer(int port, Databases databases, Callers callers, String proxy) {
        try {
            server = HttpServer.create(new InetSocketAddress(port), BACKLOG);
        } catch (IOException e) {
            throw new UncheckedIOException("The API cannot listen on port " + port, e);
        }
        server.setExecutor(threads);
        server.createContext("/", new ApiHandler(databases, callers, proxy));
        server.start();
    }

    /**
     * Starts to serve.
     *
     * @param port 0 for any that is free
     * @param proxy the user name of the proxy's ServiceAccount
     */
    public static ApiServer start(int port, String proxy, KubernetesClient client, InstantSource clock) {
        var databases = new KubernetesDatabases(client, clock);
        return new ApiServer(port, databases, new TokenReviews(client, clock), proxy);
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** Takes no more requests, and gives those that are running a moment to end. */
    @Override
    public void close() {
        server.stop(SECONDS_TO_FINISH);
        threads.shutdownNow();
    }
}
