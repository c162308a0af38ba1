package dev.railwaypostgres.railway.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.railway.Plan;
import dev.railwaypostgres.railway.Priority;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class CallAllowanceTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long START = Long.MAX_VALUE - 5 * SECOND;

    private final CallAllowance hobby = new CallAllowance(Plan.HOBBY, START);

    @Test
    void allowsOnlySoManyCallsInASecond() {
        take(10, START);

        assertThat(hobby.waitFor(Priority.WAKE, START)).isEqualTo(Duration.ofMillis(100));
        assertThat(hobby.waitFor(Priority.WAKE, START + SECOND / 10)).isZero();
    }

    @Test
    void keepsAReserveForWhoeverIsMoreImportant() {
        hobby.learn(left(0.1), START);

        assertThat(hobby.waitFor(Priority.RESYNC, START)).isPositive();
        assertThat(hobby.waitFor(Priority.CHANGE, START)).isZero();

        hobby.learn(left(0.04), START);

        assertThat(hobby.waitFor(Priority.CHANGE, START)).isPositive();
        assertThat(hobby.waitFor(Priority.WAKE, START)).isZero();
    }

    @Test
    void fillsEvenlyOverTheHour() {
        hobby.learn(left(0), START);

        assertThat(hobby.waitFor(Priority.WAKE, START)).isEqualTo(Duration.ofMillis(3_600));
        assertThat(hobby.waitFor(Priority.WAKE, START + 4 * SECOND)).isZero();
    }

    @Test
    void believesRailwayOnlyWhenItAllowsLess() {
        hobby.learn(left(0), START);
        hobby.learn(left(1), START);

        assertThat(hobby.waitFor(Priority.WAKE, START)).isPositive();
    }

    @Test
    void letsNobodyThroughUntilTheResetWhenAllIsUsedUp() {
        hobby.learn(
                new RateHeaders(OptionalDouble.of(0), Optional.of(Duration.ofMinutes(10)), Optional.empty()), START);

        assertThat(hobby.waitFor(Priority.WAKE, START)).isEqualTo(Duration.ofMinutes(10));
    }

    private void take(int calls, long now) {
        for (int taken = 0; taken < calls; taken++) {
            hobby.take(now);
        }
    }

    private static RateHeaders left(double share) {
        return new RateHeaders(OptionalDouble.of(share), Optional.empty(), Optional.empty());
    }
}
