package dev.railwaypostgres.operator.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.operator.status.Reason;
import dev.railwaypostgres.railway.RailwayException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailurePolicyTest {
    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new RailwayException.Transient("504"), Reason.RAILWAY_UNAVAILABLE, true),
                Arguments.of(new RailwayException.NotFound("not found"), Reason.RAILWAY_UNAVAILABLE, true),
                Arguments.of(new RailwayException.RateLimited("429", Duration.ofSeconds(7)), Reason.RATE_LIMITED, true),
                Arguments.of(new RailwayException.TokenRefused("revoked"), Reason.TOKEN_REJECTED, false),
                Arguments.of(new RailwayException.Unauthorized("Not Authorized"), Reason.TOKEN_REJECTED, false),
                Arguments.of(new RailwayException.LimitReached("quota"), Reason.QUOTA_REACHED, false),
                Arguments.of(new RailwayException.Rejected("no"), Reason.RAILWAY_REJECTED, false),
                Arguments.of(new Refusal(Reason.UNKNOWN_REGION, "spec.region"), Reason.UNKNOWN_REGION, false),
                Arguments.of(new IllegalStateException("a fault"), Reason.INTERNAL_ERROR, false));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void givesEachFailureItsReason(Exception failure, Reason reason, boolean passing) {
        Verdict verdict = FailurePolicy.judge(failure);

        assertThat(verdict.reason()).isEqualTo(reason);
        assertThat(verdict.passing()).isEqualTo(passing);
    }

    @Test
    void waitsAsLongAsRailwaySays() {
        Verdict verdict = FailurePolicy.judge(new RailwayException.RateLimited("429", Duration.ofSeconds(7)));

        assertThat(verdict.retryAfter()).contains(Duration.ofSeconds(7));
    }

    @Test
    void triesSlowlyWhatOnlyAPersonCanCure() {
        assertThat(FailurePolicy.judge(new RailwayException.LimitReached("quota"))
                        .retryAfter())
                .contains(FailurePolicy.SLOWLY);
    }

    @Test
    void doesNotShowTheTextOfAFaultOfItsOwn() {
        assertThat(FailurePolicy.judge(new IllegalStateException("password hunter2"))
                        .sentence())
                .doesNotContain("hunter2");
    }
}
