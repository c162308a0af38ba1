package dev.railwaypostgres.playground.robustness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.playground.proxy.ProxyScene;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A crowd of sessions that outlives its database's server a hundred times. */
class ThousandSessionsIT {
    private static final int SESSIONS = 1_000;
    private static final int SLEEPS = 100;

    /** Of all, after each sleep: the others sleep on. */
    private static final int AWOKEN = 40;

    private static final int AT_ONCE = 40;

    @TempDir
    private Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final List<OpenSession> sessions = new ArrayList<>();
    private ProxyScene scene;

    @BeforeEach
    void open() throws Exception {
        scene = new ProxyScene(folder);
        scene.bootFirst();
        var uri = "postgresql://app:owner@127.0.0.1:" + scene.port() + "/app?sslmode=disable";
        sessions.addAll(together(IntStream.range(0, SESSIONS)
                .<Callable<OpenSession>>mapToObj(number -> () -> session(uri, number))
                .toList()));
    }

    private OpenSession session(String uri, int number) throws SQLException {
        return number % 3 == 0 ? VertxSession.open(vertx, uri, number) : JdbcSession.open(uri, number);
    }

    @AfterEach
    void close() throws Exception {
        for (var session : sessions) {
            session.close();
        }
        vertx.close().await();
        scene.end();
    }

    @Test
    void survivesAHundredSleepsWithTheirSettingsAndStatements() throws Exception {
        var random = new Random(7);
        for (int sleep = 1; sleep <= SLEEPS; sleep++) {
            scene.suspend();
            Collections.shuffle(sessions, random);
            assertAsTheyWere(sessions.subList(0, AWOKEN));
            assertThat(scene.wakes).hasSizeGreaterThanOrEqualTo(sleep);
        }
        assertAsTheyWere(sessions);
        assertThat(scene.holds).isEmpty();
        assertThat(scene.openSessions()).isLessThanOrEqualTo(21);
    }

    private static void assertAsTheyWere(List<OpenSession> some) throws Exception {
        together(some.stream()
                .<Callable<Boolean>>map(session -> () -> {
                    session.assertAsItWas();
                    return true;
                })
                .toList());
    }

    private static <T> List<T> together(List<Callable<T>> tasks) throws Exception {
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            var results = new ArrayList<T>();
            for (var result : threads.invokeAll(tasks)) {
                results.add(result.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        }
    }
}
