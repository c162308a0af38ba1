package dev.railwaypostgres.playground.bench.proxy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.Executors;

/** As much of the operator as a proxy needs: it knows the one role, and how to wake. */
final class OperatorStandIn implements AutoCloseable {
    static final String NAMESPACE = "bench";

    private final HttpServer http;
    private final byte[] roles;
    private final Runnable wake;

    private OperatorStandIn(HttpServer http, byte[] roles, Runnable wake) {
        this.http = http;
        this.roles = roles;
        this.wake = wake;
    }

    /**
     * @param parameters that Postgres tells its clients
     * @param wake starts Postgres and does not wait for it
     */
    static OperatorStandIn start(Map<String, String> parameters, Runnable wake) throws IOException {
        var roles = new ObjectMapper()
                .writeValueAsBytes(
                        Map.of("roles", Map.of(Account.ROLE, Account.VERIFIER.encoded()), "parameters", parameters));
        var http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var operator = new OperatorStandIn(http, roles, wake);
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext("/", operator::answer);
        http.start();
        return operator;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            if (path.endsWith("/wake")) {
                wake.run();
            }
            var body = path.endsWith("/roles") ? roles : new byte[0];
            exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
