package dev.railwaypostgres.playground.standalone;

import static dev.railwaypostgres.playground.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.playground.Repository;
import dev.railwaypostgres.playground.binaries.PostgresBinaries;
import dev.railwaypostgres.playground.binaries.ProcessNursery;
import dev.railwaypostgres.playground.process.ChildProcess;
import dev.railwaypostgres.playground.process.LocalPorts;
import dev.railwaypostgres.playground.run.Psql;
import dev.railwaypostgres.playground.simulator.railway.ATemplate;
import dev.railwaypostgres.playground.simulator.railway.RailwaySimulator;
import dev.railwaypostgres.playground.simulator.railway.ServiceImage;
import dev.railwaypostgres.playground.simulator.railway.SimulatorConfig;
import dev.railwaypostgres.playground.simulator.railway.TemplateImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One Postgres on a simulated Railway, and a proxy before it with the example's settings, but for its places and times. */
final class Scene implements AutoCloseable {
    private static final Duration A_WHILE = Duration.ofSeconds(60);
    private static final Duration BOOT = Duration.ofMillis(500);

    final RailwaySimulator railway;
    final ATemplate database;
    final Wire api;
    final Path folder;
    final Path state;

    private final ProcessNursery nursery = new ProcessNursery();
    private final Path tokenFile;
    private final int port;
    private final int managementPort;
    private ChildProcess proxy;

    Scene(Path folder, String restartPolicy) {
        this.folder = folder;
        this.state = folder.resolve("state");
        List<ServiceImage> images = List.of(new TemplateImage(PostgresBinaries.standard(System.out::println)));
        railway = RailwaySimulator.start(new SimulatorConfig(folder.resolve("railway"), 0, BOOT, images));
        database = ATemplate.create(railway, "Postgres", restartPolicy);
        api = new Wire(railway.url().getPort());
        tokenFile = write("token", newToken());
        var ports = LocalPorts.in(folder.resolve("ports"));
        port = ports.of("proxy");
        managementPort = ports.of("management");
        proxy = startOrClose();
    }

    private ChildProcess startOrClose() {
        try {
            return start();
        } catch (RuntimeException e) {
            closeAllButTheProxy();
            throw e;
        }
    }

    String newToken() {
        return railway.createProjectToken(railway.project("mine"));
    }

    /** Railway refuses the token that the proxy has. */
    void revokeToken() throws IOException {
        railway.revokeToken(Files.readString(tokenFile));
    }

    void replaceToken() {
        write("token", newToken());
    }

    // ---- the proxy

    private ChildProcess start() {
        var started = ChildProcess.start(
                "proxy",
                ImageFolder.of("proxy").start(environment(write("settings.yaml", settings()))),
                nursery,
                folder.resolve("logs"));
        started.awaitReady(this::isReady, A_WHILE);
        return started;
    }

    void startProxyAgain() {
        proxy.close();
        proxy = start();
    }

    void killProxy() {
        proxy.kill();
    }

    private Map<String, String> environment(Path settings) {
        var environment = new HashMap<String, String>();
        environment.put("SETTINGS_FILE", settings.toString());
        environment.put("DATABASE_URL", adminUrl());
        environment.put("LOG_LEVEL", "INFO");
        return environment;
    }

    String adminUrl() {
        var password = URLEncoder.encode(ATemplate.PASSWORD, StandardCharsets.UTF_8);
        return "postgresql://postgres:" + password + "@127.0.0.1:" + database.port() + "/railway";
    }

    String settings() {
        return example()
                .replace("wakeTimeout: 2m", own())
                .replace("stateFolder: /data", "stateFolder: " + state)
                .replace("{env: RAILWAY_TOKEN}", "{file: %s}".formatted(tokenFile))
                .replace("plan: Hobby", api())
                .replace("afterIdle: 5m", "afterIdle: 2s");
    }

    private String own() {
        return """
                listenPort: %d
                managementPort: %d
                wakeTimeout: 15s
                drainTimeout: 1s""".formatted(port, managementPort);
    }

    private String api() {
        return """
                plan: Pro
                  apiUrl: http://127.0.0.1:%d%s""".formatted(api.port(), railway.url().getPath());
    }

    private static String example() {
        try {
            return Files.readString(Repository.path("examples/standalone.yaml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isReady() {
        var probe = URI.create("http://127.0.0.1:" + managementPort + "/readyz");
        try (var http = HttpClient.newHttpClient()) {
            var request =
                    HttpRequest.newBuilder(probe).timeout(Duration.ofSeconds(2)).build();
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    String log() {
        try {
            return Files.readString(proxy.log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void awaitLog(String text) {
        within(A_WHILE, () -> assertThat(log()).contains(text));
    }

    // ---- the database

    Psql psql() {
        return psql("railway");
    }

    Psql psql(String databaseName) {
        return psql("postgres", ATemplate.PASSWORD, databaseName);
    }

    /** A session through the proxy. */
    Psql psql(String role, String password, String databaseName) {
        return open(role, password, "127.0.0.1", databaseName);
    }

    Psql psqlAt(String host) {
        return open("postgres", ATemplate.PASSWORD, host, "railway");
    }

    private Psql open(String role, String password, String host, String databaseName) {
        var encoded = URLEncoder.encode(password, StandardCharsets.UTF_8);
        return Psql.open("postgresql://%s:%s@%s:%d/%s".formatted(role, encoded, host, port, databaseName));
    }

    void awaitAwake() {
        within(A_WHILE, () -> assertThat(database.state()).isEqualTo("SUCCESS/RUNNING"));
    }

    /** Until the proxy, too, has noticed. */
    void awaitAsleep() {
        within(A_WHILE, () -> {
            assertThat(database.state()).matches("SUCCESS\\*/.*|REMOVED.*");
            assertThat(lastWord()).contains("asleep");
        });
    }

    /** What the proxy said last of what the database does. */
    private String lastWord() {
        return log().lines().filter(line -> line.contains(" Chronicle ")).reduce("", (_, later) -> later);
    }

    long starts() {
        return railway.counters().of("serviceInstanceDeployV2");
    }

    @Override
    public void close() {
        proxy.close();
        closeAllButTheProxy();
    }

    private void closeAllButTheProxy() {
        api.close();
        railway.close();
        nursery.close();
    }
}
