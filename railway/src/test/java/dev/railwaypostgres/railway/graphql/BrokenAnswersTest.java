package dev.railwaypostgres.railway.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.railwaypostgres.railway.CallListener;
import dev.railwaypostgres.railway.CallTerms;
import dev.railwaypostgres.railway.Priority;
import dev.railwaypostgres.railway.RailwayClient;
import dev.railwaypostgres.railway.RailwayException;
import dev.railwaypostgres.railway.RailwayException.Transient;
import dev.railwaypostgres.railway.model.DeploymentId;
import dev.railwaypostgres.railway.model.EnvironmentId;
import dev.railwaypostgres.railway.model.NewService;
import dev.railwaypostgres.railway.model.ProjectId;
import dev.railwaypostgres.railway.model.ServiceId;
import dev.railwaypostgres.railway.model.ServiceInstance;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrokenAnswersTest {
    private static final String REGIONS = "{\"regions\":[]}";
    private static final EnvironmentId ENVIRONMENT = new EnvironmentId("env-1");
    private static final NewService ORDERS =
            new NewService(new ProjectId("project-1"), ENVIRONMENT, "orders", Map.of());
    private static final String NEW_SERVICE = "{\"serviceCreate\":{\"id\":\"service-1\"}}";

    private final RailwayServer server = new RailwayServer();
    private final RailwayClient client = server.client();

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 500, 502, 503, 504})
    void asksAgainWhenTheGatewayStumbles(int status) {
        server.respondsWithStatus(status).answers(REGIONS);

        assertThat(client.regions()).isEmpty();
        assertThat(server.requestCount()).isEqualTo(2);
    }

    @Test
    void asksAgainWhenRailwayHiccups() {
        server.fails("Problem processing request").answers(REGIONS);

        assertThat(client.regions()).isEmpty();
    }

    @Test
    void givesUpAfterTheThirdTry() {
        server.respondsWithStatus(503).respondsWithStatus(503).respondsWithStatus(503);

        assertThatExceptionOfType(Transient.class).isThrownBy(client::regions).withMessage("Railway answered HTTP 503");
        assertThat(server.requestCount()).isEqualTo(3);
    }

    @Test
    void doesNotAskAgainWhatRailwayRefuses() {
        server.fails("Invalid input");

        assertThatExceptionOfType(RailwayException.Rejected.class).isThrownBy(client::regions);
        assertThat(server.requestCount()).isEqualTo(1);
    }

    @Test
    void neverRepeatsACreate() {
        server.respondsWithStatus(504).answers(NEW_SERVICE);

        assertThatExceptionOfType(Transient.class).isThrownBy(() -> client.createService(ORDERS));
        assertThat(server.requestCount()).isEqualTo(1);
    }

    @Test
    void findsByNameWhatACreateThatTimedOutHasMade() {
        server.respondsWithStatus(504).answers(Listings.withService("service-1", "orders"));

        assertThatExceptionOfType(Transient.class).isThrownBy(() -> client.createService(ORDERS));
        assertThat(client.findServiceByName(ENVIRONMENT, "orders"))
                .map(ServiceInstance::serviceId)
                .contains(new ServiceId("service-1"));
    }

    @Test
    void endsACallThatTakesTooLong() {
        server.responds(
                new MockResponse.Builder().headersDelay(5, TimeUnit.SECONDS).body(NEW_SERVICE));

        assertThatExceptionOfType(Transient.class)
                .isThrownBy(() -> server.impatientClient().createService(ORDERS))
                .withMessageStartingWith("Railway cannot be reached");
    }

    @Test
    void asksAgainWhenTheConnectionBreaks() {
        server.responds(new MockResponse.Builder().onResponseStart(new SocketEffect.CloseStream()))
                .answers(REGIONS);

        assertThat(client.regions()).isEmpty();
    }

    @Test
    void takesAPartOfTheDataBesideAnErrorForAnError() {
        server.responds(new MockResponse.Builder().body("""
                {"data": {"regions": []}, "errors": [{"message": "Not Authorized", "path": ["regions"]}]}"""));

        assertThatExceptionOfType(RailwayException.Unauthorized.class).isThrownBy(client::regions);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{}",
                "{\"data\":null}",
                "{\"data\":{}}",
                "{\"data\":{\"regions\":null}}",
                "{\"data\":{\"regions\":[{\"name\":\"eu",
                "<html>Everything is fine</html>",
            })
    void takesHalfAnAnswerForNone(String body) {
        for (int tries = 0; tries < 3; tries++) {
            server.responds(new MockResponse.Builder().body(body));
        }

        assertThatExceptionOfType(Transient.class).isThrownBy(client::regions);
    }

    @Test
    void namesThePlaceOfWhatItDidNotExpect() {
        String surprising = "{\"deployment\":{\"id\":\"d\",\"status\":\"SUCCESS\",\"deploymentStopped\":\"perhaps\"}}";
        server.answers(surprising).answers(surprising).answers(surprising);

        assertThatExceptionOfType(Transient.class)
                .isThrownBy(() -> client.deployment(new DeploymentId("d")))
                .withMessageContaining("deploymentStopped")
                .withMessageNotContaining("perhaps");
    }

    @Test
    void doesNotTakeTheAddressOfTheApiForWhatIsMissing() {
        server.respondsWithStatus(404);

        assertThatExceptionOfType(RailwayException.Rejected.class).isThrownBy(client::regions);
    }

    @Test
    void doesNotCarryTheTokenToWhereARedirectPoints() {
        server.responds(new MockResponse.Builder().code(307).addHeader("Location", "/elsewhere"));

        assertThatExceptionOfType(RailwayException.Rejected.class).isThrownBy(client::regions);
        assertThat(server.requestCount()).isEqualTo(1);
    }

    @Test
    void isContentWhenWhatItDeletesIsGone() {
        server.fails("Service not found").fails("Not Authorized");

        client.deleteService(ENVIRONMENT, new ServiceId("service-1"));
        client.remove(new DeploymentId("deployment-1"));

        assertThat(server.requestCount()).isEqualTo(2);
    }

    @Test
    void doesNotTakeARefusedTokenForGone() {
        server.respondsWithStatus(401);

        assertThatThrownBy(() -> client.deleteEnvironment(ENVIRONMENT))
                .isInstanceOf(RailwayException.TokenRefused.class);
    }

    @Test
    void takesFalseForARefusal() {
        server.answers("{\"deploymentStop\":false}");

        assertThatThrownBy(() -> client.stop(new DeploymentId("deployment-1")))
                .isInstanceOf(RailwayException.Rejected.class);
    }

    @Test
    void comesBackWhenRailwaySaysSo() {
        server.responds(new MockResponse.Builder()
                .code(429)
                .addHeader("X-RateLimit-Limit", 1000)
                .addHeader("X-RateLimit-Remaining", 0)
                .addHeader("Retry-After", 17));

        assertThatExceptionOfType(RailwayException.RateLimited.class)
                .isThrownBy(client::regions)
                .satisfies(limited -> assertThat(limited.retryAfter()).isEqualTo(Duration.ofSeconds(17)));
    }

    @Test
    void makesNoCallsWhileRailwayWantsNone() {
        server.responds(new MockResponse.Builder().code(429).addHeader("Retry-After", 60));
        RailwayClient hurried = client.under(new CallTerms(Priority.WAKE, Duration.ofSeconds(1)));

        assertThatExceptionOfType(RailwayException.RateLimited.class).isThrownBy(hurried::regions);
        assertThatExceptionOfType(RailwayException.RateLimited.class)
                .isThrownBy(hurried::regions)
                .withMessage("The budget of calls to Railway is used up");
        assertThat(server.requestCount()).isEqualTo(1);
    }

    @Test
    void tellsTheListenerOfEveryTry() {
        server.respondsWithStatus(503).answers(REGIONS);

        client.regions();

        assertThat(server.calls).extracting(CallListener.Call::operation).isEqualTo(List.of("Regions", "Regions"));
        assertThat(server.calls).extracting(call -> call.failure().isPresent()).containsExactly(true, false);
    }
}
