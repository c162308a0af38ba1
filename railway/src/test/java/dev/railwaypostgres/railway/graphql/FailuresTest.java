package dev.railwaypostgres.railway.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.railwaypostgres.railway.RailwayException;
import dev.railwaypostgres.railway.RailwayException.RateLimited;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailuresTest {
    private static final RateHeaders NO_HEADERS = RateHeaders.from(Headers.of(), Instant.EPOCH);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Problem processing request                                          | Transient
            An operation is already in progress                                 | Transient
            Cannot redeploy yet, please wait for the original deployment to finish building | Transient
            upstream request timeout after 30 seconds                           | Transient
            Not Authorized                                                      | Unauthorized
            Project Token not found                                             | TokenRefused
            Two Factor Authentication Required                                  | TokenRefused
            ServiceInstance not found                                           | NotFound
            Project does not exist                                              | NotFound
            Could not find volume instance                                      | NotFound
            A service named "orders" already exists in this project             | AlreadyExists
            Name must be unique                                                 | AlreadyExists
            Whoa there pal! Slow down                                           | RateLimited
            Please try again in a sec                                           | RateLimited
            Service deployment rate limit exceeded                              | RateLimited
            Deploys are in limited access, upgrade to Pro                       | LimitReached
            Free plan deployments are paused during peak hours                  | LimitReached
            You have reached the maximum number of volumes for this project     | LimitReached
            Cannot redeploy without a snapshot                                  | Rejected
            Invalid input                                                       | Rejected
            """)
    void areToldApartByTheirMessage(String message, String kind) throws JsonProcessingException {
        assertThat(failure(message, "INTERNAL_SERVER_ERROR").getClass().getSimpleName())
                .isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "NOT_FOUND, NotFound",
        "DEPLOYMENT_NOT_FOUND, NotFound",
        "UNAUTHENTICATED, TokenRefused",
        "FORBIDDEN, Unauthorized",
        "RATE_LIMITED, RateLimited",
        "PLAN_LIMIT, LimitReached",
        "SUBSCRIPTION_REQUIRED, LimitReached",
        "BAD_USER_INPUT, Rejected",
        "SOMETHING_NEW, Rejected",
    })
    void areToldApartByTheirCodeWhenTheMessageIsUnknown(String code, String kind) throws JsonProcessingException {
        assertThat(failure("Hm", code).getClass().getSimpleName()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "400, Rejected",
        "401, TokenRefused",
        "403, Unauthorized",
        "404, Rejected",
        "408, Transient",
        "429, RateLimited",
        "500, Transient",
        "502, Transient",
        "503, Transient",
        "504, Transient",
    })
    void areToldApartByTheStatusWhenTheAnswerSaysNothing(int status, String kind) {
        assertThat(Failures.ofStatus(status, NO_HEADERS).getClass().getSimpleName())
                .isEqualTo(kind);
    }

    @Test
    void doNotTakeAWordOfOurOwnDocumentForTheirMessage() throws JsonProcessingException {
        assertThat(failure("Cannot query field \"unique\": not found on type Quota", "GRAPHQL_VALIDATION_FAILED"))
                .isInstanceOf(RailwayException.Rejected.class);
    }

    @Test
    void tellWhenCreatesMayGoOn() throws JsonProcessingException {
        RailwayException failure = failure("You can create one environment per 30 seconds", "INTERNAL_SERVER_ERROR");

        assertThat(failure)
                .isInstanceOfSatisfying(
                        RateLimited.class,
                        limited -> assertThat(limited.retryAfter()).isEqualTo(Duration.ofSeconds(30)));
    }

    @Test
    void carryTheTraceThatRailwaysSupportAsksFor() throws JsonProcessingException {
        assertThat(failure("Invalid input", "INTERNAL_SERVER_ERROR")).hasMessage("Invalid input (trace trace-7)");
    }

    private static RailwayException failure(String message, String code) throws JsonProcessingException {
        return GraphQlError.firstOf(
                        Json.MAPPER.readTree(RailwayServer.failure(message, code)), new Redaction(List.of()))
                .map(Failures::of)
                .orElseThrow();
    }
}
