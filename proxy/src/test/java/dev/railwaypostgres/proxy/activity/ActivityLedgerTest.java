package dev.railwaypostgres.proxy.activity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.proxy.operator.Visitor;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ActivityLedgerTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final ActivityLedger ledger = new ActivityLedger();

    private static Visitor visitor(String client, String application) {
        return new Visitor(client, application, "app", "SELECT");
    }

    @Test
    void completesAWakeWhenPostgresAnswers() {
        ledger.waking(visitor("10.0.0.1:5555", "cron"));
        assertThat(ledger.wakes().getFirst().took()).isNull();
        ledger.woke(Duration.ofSeconds(2));
        assertThat(ledger.wakes()).singleElement().satisfies(wake -> {
            assertThat(wake.by().application()).isEqualTo("cron");
            assertThat(wake.took()).isEqualTo(Duration.ofSeconds(2));
        });
    }

    @Test
    void countsThoseTogetherThatComeAndGoFromOneHost() {
        ledger.left(visitor("10.0.0.1:5555", "cron"), NOON, 2);
        ledger.left(visitor("10.0.0.1:5556", "cron"), NOON.minusSeconds(5), 3);
        ledger.left(visitor("10.0.0.2:5555", "cron"), NOON, 1);
        assertThat(ledger.departed())
                .containsExactly(
                        new ActivityLedger.Departed(visitor("10.0.0.2:5555", "cron"), NOON, 1, 1),
                        new ActivityLedger.Departed(visitor("10.0.0.1:5556", "cron"), NOON, 2, 5));
    }

    @Test
    void staysSmallHoweverManyCome() {
        for (int i = 0; i < 1_000; i++) {
            var visitor = visitor("10.0.0.1:5555", "application " + i);
            ledger.waking(visitor);
            ledger.held(visitor, "LISTEN");
            ledger.left(visitor, NOON, 1);
        }
        assertThat(ledger.wakes()).hasSize(50);
        assertThat(ledger.holds()).hasSize(50);
        assertThat(ledger.departed()).hasSize(50);
        assertThat(ledger.departed().getFirst().latest().application()).isEqualTo("application 999");
    }

    @Test
    void showsNothingInATerminalThatIsNoText() {
        var visitor = visitor("[::1]:5555", "evil\u001b[2J\nnext line" + "x".repeat(100));
        assertThat(visitor.application()).startsWith("evil?[2J?next line").hasSize(63);
        assertThat(visitor.host()).isEqualTo("[::1]");
    }
}
