package dev.railwaypostgres.proxy;

import dev.railwaypostgres.proxy.route.Address;
import dev.railwaypostgres.proxy.route.DatabaseRef;
import dev.railwaypostgres.proxy.route.PoolPolicy;
import dev.railwaypostgres.proxy.route.Route;
import dev.railwaypostgres.proxy.route.Route.Readiness;
import dev.railwaypostgres.proxy.server.DoorConfig;
import dev.railwaypostgres.proxy.server.TransportChoice;
import dev.railwaypostgres.proxy.tls.ClientCertificates;
import dev.railwaypostgres.proxy.tls.TlsConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
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
        operator.role(FakeServer.ROLE, FakeServer.VERIFIER);
        operator.onWake = server::wake;
        routes = new HandFedRoutes(route(Readiness.ASLEEP));
        proxy = new Proxy(config(wakeTimeout), routes, operator).start();
    }

    private static ProxyConfig config(Duration wakeTimeout) throws IOException, GeneralSecurityException {
        var certificate = TestCertificate.get();
        return new ProxyConfig(
                0,
                new TlsConfig(
                        certificate.certificateFile(), certificate.keyFile(), true, null, ClientCertificates.NONE),
                "db.test",
                URI.create("http://localhost"),
                Path.of("unused"),
                List.of(),
                wakeTimeout,
                new DoorConfig(Duration.ofSeconds(5), 1_000, 4_000, List.of()),
                Duration.ofSeconds(1),
                0,
                TransportChoice.AUTO,
                "test",
                null);
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
