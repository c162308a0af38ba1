package dev.railwaypostgres.sleep.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.sleep.SleepPolicy;
import dev.railwaypostgres.sleep.compute.AdminLogin;
import dev.railwaypostgres.sleep.compute.ComputeAddress;
import dev.railwaypostgres.sleep.compute.ComputeException;
import dev.railwaypostgres.sleep.compute.ComputeSql;
import dev.railwaypostgres.sleep.compute.Password;
import java.net.ConnectException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ComputeWatchTest {
    private static final int MANY = 1000;

    @Test
    void looksAtEveryComputeThatItIsToldOf() throws InterruptedException {
        CountDownLatch looks = new CountDownLatch(MANY);
        ComputeSql nobodyAnswers = (_, _) -> {
            looks.countDown();
            throw new ComputeException.Unreachable("nobody there", new ConnectException());
        };
        try (ComputeWatch<String> watch = new ComputeWatch<>(nobodyAnswers, InstantSource.system(), _ -> {})) {
            IntStream.range(0, MANY).forEach(port -> watch.follow("database-" + port, order(port + 1)));
            assertThat(looks.await(20, TimeUnit.SECONDS)).as("looked at all").isTrue();
        }
    }

    private static ComputeWatch.Order order(int port) {
        return new ComputeWatch.Order(
                new AdminLogin(
                        new ComputeAddress("127.0.0.1", port), "postgres", "postgres", "test", new Password("secret")),
                new SleepPolicy(Duration.ZERO, false, SleepPolicy.Ignored.NOBODY),
                Duration.ofHours(1),
                Duration.ofSeconds(1));
    }
}
