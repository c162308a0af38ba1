package dev.railwaypostgres.playground.robustness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.crds.v1alpha1.Phase;
import dev.railwaypostgres.playground.run.Stage;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Clients that come in waves, each wave at a random moment after its database has begun to fall asleep: before the fence, behind it,
 * asleep, or while the first clients of the wave wake it. Each logs in, inserts a row of its own and reads it back.
 */
final class SuspendRace {
    private static final String DATABASE = "race";
    private static final int WAVE = 50;
    private static final Duration BOOT_DELAY = Duration.ofMillis(50);
    private static final Duration FALLS_ASLEEP = Duration.ofSeconds(60);
    private static final int LONGEST_DELAY_MILLIS = 2500;
    private static final int LONGEST_WAVE_MILLIS = 1500;

    private final Stage stage;
    private final Random random;
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final Set<Phase> met = ConcurrentHashMap.newKeySet();

    SuspendRace(Stage stage, long seed) {
        this.stage = stage;
        this.random = new Random(seed);
    }

    /** Makes a database, lets that many attempts loose on it, and claims what must be true of them. */
    void run(int attempts) throws SQLException {
        stage.playground().railway().quirks().bootDelay(BOOT_DELAY);
        stage.createDatabase(DATABASE, "{suspend: {afterIdle: 1s}}");
        var address = JdbcAddress.of(stage.uri(DATABASE));
        try (var connection = address.connect()) {
            Sql.run(connection, "CREATE TABLE attempts (number int)");
        }
        try (var history = PhaseHistory.follow(stage, DATABASE);
                var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var done = 0; done < attempts; done += WAVE) {
                history.await(FALLS_ASLEEP, Phase.SUSPENDING, Phase.SUSPENDED);
                // Every other wave begins at once: a suspend that takes a moment only would not be met by chance.
                var begin = done / WAVE % 2 == 0 ? 0 : random.nextInt(LONGEST_DELAY_MILLIS);
                wave(
                        begin,
                        IntStream.range(done, Math.min(done + WAVE, attempts)),
                        new Client(address, history),
                        clients);
            }
            assertThat(failures).isEmpty();
            assertThat(history.times(Phase.SUSPENDED))
                    .as("sleeps in %s", history)
                    .isGreaterThanOrEqualTo(3);
            assertThat(met).contains(Phase.SUSPENDING, Phase.SUSPENDED, Phase.WAKING);
        }
        assertEachRowIsThereOnce(address, attempts);
    }

    private record Client(JdbcAddress address, PhaseHistory history) {}

    private void wave(int begin, IntStream numbers, Client client, ExecutorService threads) {
        var length = 1 + random.nextInt(LONGEST_WAVE_MILLIS);
        var attempts = numbers.mapToObj(number -> {
                    var moment = CompletableFuture.delayedExecutor(
                            begin + random.nextInt(length), TimeUnit.MILLISECONDS, threads);
                    return CompletableFuture.runAsync(() -> attempt(number, client), moment);
                })
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(attempts).join();
    }

    private void attempt(int number, Client client) {
        var phase = client.history().now();
        met.add(phase);
        try (var connection = client.address().connect()) {
            Sql.run(connection, "INSERT INTO attempts VALUES (" + number + ")");
            var found = Sql.ask(connection, "SELECT count(*) FROM attempts WHERE number = " + number);
            if (!found.equals("1")) {
                failures.add("Attempt %d, begun in %s, finds %s rows".formatted(number, phase, found));
            }
        } catch (SQLException e) {
            failures.add("Attempt %d, begun in %s: %s %s".formatted(number, phase, e.getSQLState(), e.getMessage()));
        }
    }

    private static void assertEachRowIsThereOnce(JdbcAddress address, int attempts) throws SQLException {
        try (var connection = address.connect()) {
            assertThat(Sql.ask(connection, "SELECT count(*) || ' ' || count(DISTINCT number) FROM attempts"))
                    .isEqualTo(attempts + " " + attempts);
        }
    }
}
