package dev.railwaypostgres.proxy.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.postgres.Bytes;
import dev.railwaypostgres.proxy.auth.LoginGuard.Answer;
import dev.railwaypostgres.proxy.auth.LoginGuard.Attempt;
import dev.railwaypostgres.proxy.manage.ProxyMetrics;
import dev.railwaypostgres.proxy.route.DatabaseRef;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LoginGuardTest {
    private static final Answer NOW = new Answer.Begin(Duration.ZERO);

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1_000);
    private final LoginGuard guard =
            new LoginGuard(Bytes.of("shared"), new ProxyMetrics(new SimpleMeterRegistry()), clock::get);

    private static Attempt from(String address, String role) {
        return new Attempt(
                new ClientAddress(InetAddress.ofLiteral(address), 5555), new DatabaseRef("shop", "orders"), role);
    }

    private void fails(Attempt attempt, int times) {
        for (int i = 0; i < times; i++) {
            guard.failed(attempt);
        }
    }

    private void passes(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    @Test
    void letsAFewMistakesPass() {
        fails(from("10.0.0.1", "app"), 5);
        assertThat(guard.ask(from("10.0.0.1", "app"))).isEqualTo(NOW);
    }

    @Test
    void holdsBackAndThenRefusesWhoeverGoesOn() {
        var guesser = from("10.0.0.1", "app");
        fails(guesser, 7);
        assertThat(guard.ask(guesser)).isEqualTo(new Answer.Begin(Duration.ofSeconds(4)));
        fails(guesser, 3);
        assertThat(guard.ask(guesser)).isEqualTo(new Answer.Refuse(Duration.ofSeconds(10)));
    }

    @Test
    void forgivesWithTime() {
        var guesser = from("10.0.0.1", "app");
        fails(guesser, 1_000_000);
        assertThat(guard.ask(guesser)).isEqualTo(new Answer.Refuse(Duration.ofMinutes(10)));
        passes(Duration.ofMinutes(10));
        assertThat(guard.ask(guesser)).isEqualTo(NOW);
    }

    @Test
    void countsAllRolesThatOneAddressTries() {
        for (int i = 0; i < 30; i++) {
            fails(from("10.0.0.1", "role" + i), 1);
        }
        assertThat(guard.ask(from("10.0.0.1", "another"))).isInstanceOf(Answer.Refuse.class);
    }

    @Test
    void leavesOtherAddressesAlone() {
        fails(from("10.0.0.1", "app"), 1_000);
        assertThat(guard.ask(from("10.0.0.2", "app"))).isEqualTo(NOW);
    }

    @Test
    void takesAnIpv6NetworkForOneAddress() {
        fails(from("2001:db8::1", "app"), 1_000);
        assertThat(guard.ask(from("2001:db8::ffff:2", "app"))).isInstanceOf(Answer.Refuse.class);
        assertThat(guard.ask(from("2001:db8:0:1::1", "app"))).isEqualTo(NOW);
    }

    @Test
    void doesNotPunishARoleThatHasLoggedInForTheMistakesOfOthers() {
        guard.succeeded(from("10.0.0.1", "app"));
        for (int i = 0; i < 100; i++) {
            fails(from("10.0.0.1", "role" + i), 10);
        }
        assertThat(guard.ask(from("10.0.0.1", "app"))).isEqualTo(NOW);
    }

    @Test
    void neverSendsARoleAwayThatHasLoggedIn() {
        guard.succeeded(from("10.0.0.1", "app"));
        fails(from("10.0.0.1", "app"), 1_000);
        assertThat(guard.ask(from("10.0.0.1", "app"))).isEqualTo(new Answer.Begin(Duration.ofSeconds(5)));
    }

    @Test
    void remembersNoMoreOfANameThanARoleCanHave() {
        fails(from("10.0.0.1", "x".repeat(9_000) + "a"), 10);
        assertThat(guard.ask(from("10.0.0.1", "x".repeat(9_000) + "b"))).isInstanceOf(Answer.Refuse.class);
    }

    @Test
    void remembersSoManyAndNoMore() {
        var debts =
                new Debts<Integer>(new Debts.Terms(0, Duration.ofSeconds(1), Duration.ofMinutes(1)), 100, clock::get);
        for (int i = 0; i <= 100; i++) {
            debts.charge(i);
        }
        assertThat(debts.owed(0)).as("forgotten").isZero();
        assertThat(debts.owed(1)).isPositive();
    }
}
