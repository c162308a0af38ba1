package dev.railwaypostgres.playground.proxy;

import static dev.railwaypostgres.playground.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.proxy.route.Route.Readiness;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console before a real server. */
class ConsoleIT {
    private static final int WORKERS = 4;

    @TempDir
    private static Path folder;

    private static ProxyScene scene;

    @BeforeAll
    static void start() throws Exception {
        scene = new ProxyScene(folder);
        scene.bootFirst();
    }

    @AfterAll
    static void end() throws Exception {
        scene.end();
    }

    private static Connection console() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + scene.port() + "/pgbouncer", "admin", "all");
    }

    private static void run(Connection connection, String statement) throws SQLException {
        try (var running = connection.createStatement()) {
            running.execute(statement);
        }
    }

    private static String ask(Connection connection, String statement) throws SQLException {
        try (var asked = connection.createStatement();
                var rows = asked.executeQuery(statement)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static int count(Connection connection, String column) throws SQLException {
        try (var asked = connection.createStatement();
                var rows = asked.executeQuery("SHOW POOLS")) {
            rows.next();
            return rows.getInt(column);
        }
    }

    /** Each worker adds one to its own row again and again; a row that counts otherwise than its worker has lost something. */
    private static int work(int worker, AtomicBoolean isOver) {
        try (var connection = scene.connect();
                var adding = connection.prepareStatement("UPDATE work SET done = done + 1 WHERE worker = ?")) {
            int done = 0;
            while (!isOver.get()) {
                adding.setInt(1, worker);
                adding.executeUpdate();
                done++;
            }
            return done;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void pausesAndResumesUnderLoadAndLosesNothing() throws Exception {
        scene.phase(Readiness.ASLEEP);
        var isOver = new AtomicBoolean();
        var workers = new ArrayList<CompletableFuture<Integer>>();
        try (var app = scene.connect();
                var console = console()) {
            run(app, "CREATE TABLE work AS SELECT worker, 0 AS done FROM generate_series(1, " + WORKERS + ") worker");
            for (int i = 1; i <= WORKERS; i++) {
                int worker = i;
                workers.add(CompletableFuture.supplyAsync(() -> work(worker, isOver), Thread::startVirtualThread));
            }
            for (int i = 0; i < 5; i++) {
                run(console, "PAUSE");
                eventually(() -> assertThat(scene.openSessions()).isOne());
                run(console, "RESUME");
                eventually(() -> assertThat(scene.openSessions()).isGreaterThan(1));
            }
            isOver.set(true);
            for (int i = 1; i <= WORKERS; i++) {
                int done = workers.get(i - 1).get(30, TimeUnit.SECONDS);
                assertThat(ask(app, "SELECT done FROM work WHERE worker = " + i))
                        .isEqualTo(String.valueOf(done));
                assertThat(done).isPositive();
            }
        }
    }

    @Test
    void letsAPausedDatabaseSleepAndWakesItForTheWorkThatWasHeld() throws Exception {
        scene.phase(Readiness.ASLEEP);
        try (var app = scene.connect();
                var console = console()) {
            ask(app, "SELECT 1 + 1");
            run(console, "PAUSE " + ProxyScene.DATABASE.endpoint());
            scene.suspend();
            scene.wakes.clear();
            var held = CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            return ask(app, "SELECT 2 + 2");
                        } catch (SQLException e) {
                            throw new IllegalStateException(e);
                        }
                    },
                    Thread::startVirtualThread);
            eventually(() -> assertThat(count(console, "cl_waiting")).isOne());
            assertThat(scene.wakes).isEmpty();
            run(console, "RESUME " + ProxyScene.DATABASE.endpoint());
            assertThat(held.get(30, TimeUnit.SECONDS)).isEqualTo("4");
            assertThat(scene.wakes).hasSize(1);
        }
    }
}
