package dev.railwaypostgres.proxy.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.proxy.Eventually;
import dev.railwaypostgres.proxy.operator.OperatorApi;
import dev.railwaypostgres.proxy.operator.OperatorException;
import dev.railwaypostgres.proxy.operator.RoleSnapshot;
import dev.railwaypostgres.proxy.operator.Visitor;
import dev.railwaypostgres.proxy.route.DatabaseRef;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RoleDirectoryTest {
    private static final RoleSnapshot ROLES = new RoleSnapshot(Map.of(), Map.of());
    private final RuntimeException away = new OperatorException.Unavailable("it is being started");

    private final ExecutorService loop = Executors.newSingleThreadExecutor();
    private final AtomicLong clock = new AtomicLong();

    @AfterEach
    void endLoop() {
        loop.shutdownNow();
    }

    @Test
    void waitsForAnOperatorThatIsBeingStarted() throws Exception {
        var operator = new Operator(away, away, null);

        assertThat(find(operator).get(10, TimeUnit.SECONDS)).isSameAs(ROLES);
        assertThat(operator.answers).isEmpty();
    }

    @Test
    void saysAtOnceThatADatabaseWasNeverReady() {
        var operator = new Operator(new OperatorException.NeverReady("still empty"), null);

        assertThat(find(operator))
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withMessageContaining("still empty");
        assertThat(operator.answers).hasSize(1);
    }

    @Test
    void givesUpOnAnOperatorThatStaysAway() {
        var operator = new Operator(away, away, null);
        operator.onAsked = () -> clock.addAndGet(Duration.ofSeconds(20).toNanos());

        assertThat(find(operator))
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withMessageContaining("it is being started");
    }

    @Test
    void looksAgainAfterAWrongProofButNotAllTheTime() throws Exception {
        var operator = new Operator(null, null);
        var directory = directory(operator);
        find(directory).get(10, TimeUnit.SECONDS);

        assertThat(lookAgain(directory)).isSameAs(ROLES);
        assertThat(operator.answers).as("was asked a moment ago").hasSize(1);
        clock.addAndGet(Duration.ofSeconds(3).toNanos());
        assertThat(lookAgain(directory)).isSameAs(ROLES);
        assertThat(operator.answers).isEmpty();
    }

    @Test
    void keepsWhatItKnowsWhileTheOperatorIsAway() throws Exception {
        var operator = new Operator(null, away);
        var directory = directory(operator);
        find(directory).get(10, TimeUnit.SECONDS);
        clock.addAndGet(Duration.ofSeconds(3).toNanos());

        assertThat(lookAgain(directory)).isSameAs(ROLES);
    }

    @Test
    void asksOnceMoreForAChangeThatCameWhileItAsked() throws Exception {
        var operator = new Operator(null, null, null);
        var directory = directory(operator);
        find(directory).get(10, TimeUnit.SECONDS);
        loop.submit(() -> {
                    directory.refresh();
                    directory.refresh();
                })
                .get(10, TimeUnit.SECONDS);

        Eventually.holds("both changes are asked for", operator.answers::isEmpty);
    }

    private RoleSnapshot lookAgain(RoleDirectory directory) throws Exception {
        var found = new CompletableFuture<RoleSnapshot>();
        loop.execute(() -> directory.lookAgain(found::complete));
        return found.get(10, TimeUnit.SECONDS);
    }

    private RoleDirectory directory(Operator operator) {
        return new RoleDirectory(new DatabaseRef("default", "orders"), operator, loop, clock::get);
    }

    private CompletableFuture<RoleSnapshot> find(Operator operator) {
        return find(directory(operator));
    }

    private CompletableFuture<RoleSnapshot> find(RoleDirectory directory) {
        var found = new CompletableFuture<RoleSnapshot>();
        loop.execute(() -> directory.find((snapshot, problem) -> {
            if (snapshot == null) {
                found.completeExceptionally(problem == null ? new AssertionError("no reason given") : problem);
            } else {
                found.complete(snapshot);
            }
        }));
        return found;
    }

    /** Fails with what it was given, one after the other; null stands for an answer. */
    private static final class Operator implements OperatorApi {
        final Queue<CompletionStage<RoleSnapshot>> answers = new ArrayDeque<>();
        Runnable onAsked = () -> {};

        Operator(@Nullable RuntimeException... failures) {
            for (var failure : failures) {
                answers.add(
                        failure == null
                                ? CompletableFuture.completedStage(ROLES)
                                : CompletableFuture.failedStage(failure));
            }
        }

        @Override
        public CompletionStage<RoleSnapshot> roles(DatabaseRef database) {
            onAsked.run();
            return answers.remove();
        }

        @Override
        public CompletionStage<Void> wake(DatabaseRef database, Visitor visitor) {
            throw new AssertionError("nobody asked for a wake");
        }

        @Override
        public CompletionStage<Void> hold(DatabaseRef database, Visitor visitor, String reason) {
            throw new AssertionError("nobody holds it");
        }
    }
}
