package dev.railwaypostgres.playground.bench.proxy;

import dev.railwaypostgres.proxy.Proxy;
import dev.railwaypostgres.proxy.ProxyConfig;
import dev.railwaypostgres.proxy.operator.HttpOperatorApi;
import dev.railwaypostgres.proxy.route.Address;
import dev.railwaypostgres.proxy.route.Route;
import java.io.IOException;
import java.util.Objects;

/** The proxy as a process, the whole of it, but for routes that are told to it instead of watched in Kubernetes. */
public final class BenchedProxyMain {
    /** Where Postgres listens. */
    static final String SERVER_PORT = "BENCH_SERVER_PORT";

    /** What the routes say of it. */
    static final String READINESS = "BENCH_READINESS";

    private BenchedProxyMain() {}

    public static void main(String[] arguments) throws IOException {
        var config = ProxyConfig.read(System.getenv());
        var server = new Address("127.0.0.1", Integer.parseInt(System.getenv(SERVER_PORT)));
        var routes = new FixedRoutes(server, Route.Readiness.valueOf(System.getenv(READINESS)));
        var operator = new HttpOperatorApi(
                Objects.requireNonNull(config.operatorUrl()), Objects.requireNonNull(config.operatorTokenFile()));
        new Proxy(config, routes, operator).start();
    }
}
