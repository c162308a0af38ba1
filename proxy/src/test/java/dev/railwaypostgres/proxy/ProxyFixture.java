package dev.railwaypostgres.proxy;

import dev.railwaypostgres.proxy.route.Address;
import dev.railwaypostgres.proxy.route.DatabaseRef;
import dev.railwaypostgres.proxy.route.PoolPolicy;
import dev.railwaypostgres.proxy.route.Route;
import dev.railwaypostgres.proxy.route.Route.Readiness;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/** A proxy before a scripted server that sleeps at first, and wakes when the operator is asked to. */
public final class ProxyFixture implements AutoCloseable {
    public final FakeServer server = new FakeServer();
    public final FakeOperator operator = new FakeOperator();
    public final HandFedRoutes routes;
    public final Proxy proxy;

    private PoolPolicy pooling = PoolPolicy.defaults();

    public ProxyFixture() throws IOException, GeneralSecurityException {
        this(Duration.ofSeconds(20));
    }

    public ProxyFixture(Duration wakeTimeout) throws IOException, GeneralSecurityException {
        this(AProxyConfig.usual().wakeTimeout(wakeTimeout));
    }

    public ProxyFixture(AProxyConfig config) throws IOException {
        operator.role(FakeServer.ROLE, FakeServer.VERIFIER);
        operator.onWake = server::wake;
        routes = new HandFedRoutes(route(Readiness.ASLEEP));
        proxy = new Proxy(config.build(), routes, operator).start();
    }

    public Route route(Readiness readiness) {
        var database = new DatabaseRef("shop", "orders");
        return new Route(
                database,
                "app",
                database.endpoint(),
                readiness,
                new Address("127.0.0.1", server.port()),
                false,
                pooling);
    }

    public void phase(Readiness readiness) {
        routes.feed(route(readiness));
    }

    public void pooling(PoolPolicy now, Readiness readiness) {
        pooling = now;
        phase(readiness);
    }

    public Connection connect() throws SQLException {
        return connect("app", FakeServer.ROLE, FakeServer.PASSWORD);
    }

    public Connection connect(String database, String user, String password) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("sslmode", "require");
        properties.setProperty("ApplicationName", "test");
        properties.setProperty("socketTimeout", "30");
        return connect(database, properties);
    }

    public Connection connect(String database, Properties properties) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + proxy.port() + "/" + database, properties);
    }

    /** One value of the proxy's own metrics; absent: nothing was counted yet. */
    public String metric(String name) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var uri = URI.create("http://127.0.0.1:" + proxy.managementPort() + "/metrics");
            var scraped = http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
            return scraped.body()
                    .lines()
                    .filter(line -> line.startsWith("railway_postgres_proxy_" + name + " "))
                    .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                    .findFirst()
                    .orElse("absent");
        }
    }

    public static String ask(Connection connection, String statement) throws SQLException {
        try (var asked = connection.createStatement();
                var rows = asked.executeQuery(statement)) {
            rows.next();
            return rows.getString(1);
        }
    }

    @Override
    public void close() throws IOException {
        proxy.close();
        server.close();
    }

    /** Usual ones, but for how many there may be and how long a client waits for a server connection. */
    public static PoolPolicy limits(int servers, int clients, Duration queue) {
        var usual = PoolPolicy.defaults();
        var patience = usual.patience();
        return usual.with(new PoolPolicy.Size(servers, 0, Duration.ofSeconds(5), clients))
                .with(new PoolPolicy.Patience(
                        queue,
                        patience.idleInTransaction(),
                        patience.clientIdle(),
                        patience.serverIdle(),
                        patience.serverLifetime()));
    }
}
