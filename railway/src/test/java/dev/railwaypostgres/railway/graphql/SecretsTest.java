package dev.railwaypostgres.railway.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.railwaypostgres.railway.Plan;
import dev.railwaypostgres.railway.RailwayClient;
import dev.railwaypostgres.railway.RailwaySettings;
import dev.railwaypostgres.railway.RailwayToken;
import dev.railwaypostgres.railway.model.EnvironmentId;
import dev.railwaypostgres.railway.model.NewService;
import dev.railwaypostgres.railway.model.ProjectId;
import dev.railwaypostgres.railway.model.ServiceId;
import dev.railwaypostgres.railway.model.VariableUpsert;
import dev.railwaypostgres.railway.patch.EnvironmentPatch;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nothing secret in what is logged, thrown or shown. */
class SecretsTest {
    private static final String VERIFIER = "SCRAM-SHA-256$4096:c2FsdA==$stored:server";
    private static final Map<String, String> VARIABLES = Map.of("OWNER_VERIFIER", VERIFIER);
    private static final ProjectId PROJECT = new ProjectId("project-1");
    private static final EnvironmentId ENVIRONMENT = new EnvironmentId("env-1");
    private static final ServiceId SERVICE = new ServiceId("service-1");

    private final RailwayServer server = new RailwayServer();
    private final RailwayClient client = server.client();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void areNotShownByTheTokenOrTheSettings() {
        RailwayToken token = new RailwayToken(RailwayToken.Kind.PROJECT, RailwayServer.TOKEN);

        assertThat(token).hasToString("PROJECT ***");
        assertThat(RailwaySettings.of(RailwaySettings.RAILWAY, token, Plan.HOBBY)
                        .toString())
                .doesNotContain(RailwayServer.TOKEN);
    }

    @Test
    void areNotShownByWhatCarriesVariables() {
        assertThat(new NewService(PROJECT, ENVIRONMENT, "orders", VARIABLES).toString())
                .contains("OWNER_VERIFIER")
                .doesNotContain(VERIFIER);
        assertThat(new VariableUpsert(PROJECT, ENVIRONMENT, SERVICE, VARIABLES).toString())
                .contains("OWNER_VERIFIER")
                .doesNotContain(VERIFIER);
        assertThat(patch().toString()).contains("service-1").doesNotContain(VERIFIER);
    }

    @Test
    void areTakenOutOfTheSentencesOfRailway() {
        server.fails("Token " + RailwayServer.TOKEN + " may not set " + VERIFIER);

        assertThatThrownBy(() -> client.commitPatch(ENVIRONMENT, patch(), "Create"))
                .hasMessage("Token *** may not set *** (trace trace-7)");
    }

    @Test
    void areNotQuotedWithAWrongInput() {
        server.fails("Variable \"$input\" got invalid value {\"variables\":{\"X\":\"" + VERIFIER + "\"}}; expected");

        assertThatThrownBy(() -> client.upsertVariables(new VariableUpsert(PROJECT, ENVIRONMENT, SERVICE, VARIABLES)))
                .hasMessage("Variable \"$input\" got invalid value (trace trace-7)");
    }

    @Test
    void areNotShownWhenATokenCannotBeOne() {
        assertThatThrownBy(() -> new RailwayToken(RailwayToken.Kind.PROJECT, "first-half\nsecond-half"))
                .hasMessageNotContaining("half");
    }

    private static EnvironmentPatch patch() {
        return EnvironmentPatch.empty().service(SERVICE, service -> service.variables(VARIABLES));
    }
}
