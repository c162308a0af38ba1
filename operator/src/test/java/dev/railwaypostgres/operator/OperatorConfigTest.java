package dev.railwaypostgres.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.railwaypostgres.railway.Plan;
import dev.railwaypostgres.railway.RailwayToken;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OperatorConfigTest {
    private static final Map<String, String> REQUIRED = Map.of(
            "PROXY_HOST", "proxy.example",
            "PROXY_SERVICE_ACCOUNT", "system:serviceaccount:system:proxy",
            "LEASE_NAMESPACE", "system",
            "POD_NAME", "operator-0");

    @Test
    void hasDefaultsForWhatIsNotRequired() {
        assertThat(OperatorConfig.read(REQUIRED))
                .isEqualTo(new OperatorConfig(
                        new OperatorConfig.Railway(
                                URI.create("https://backboard.railway.com/graphql/v2"),
                                null,
                                RailwayToken.Kind.WORKSPACE,
                                Plan.HOBBY,
                                null,
                                null),
                        new OperatorConfig.Proxy("proxy.example", 5432, null, "system:serviceaccount:system:proxy"),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(2),
                        Duration.ofMinutes(5),
                        "railway-postgres/compute:{major}",
                        Set.of(),
                        "system",
                        8080,
                        9090,
                        "operator-0"));
    }

    @Test
    void readsEverySetting() {
        var environment = new HashMap<>(REQUIRED);
        environment.put("RAILWAY_API_URL", "http://127.0.0.1:4000/graphql");
        environment.put("RAILWAY_TOKEN_FILE", "/etc/railway/token");
        environment.put("RAILWAY_TOKEN_KIND", "Project");
        environment.put("RAILWAY_PROJECT_ID", "p");
        environment.put("RAILWAY_ENVIRONMENT_ID", "e");
        environment.put("RAILWAY_PLAN", "Pro");
        environment.put("RESYNC_INTERVAL", "PT5S");
        environment.put("ACTIVITY_INTERVAL", "PT0.5S");
        environment.put("DEPLOY_TIMEOUT", "PT1M");
        environment.put("COMPUTE_IMAGE", "example/pg:{major}");
        environment.put("PROXY_PORT", "6432");
        environment.put("PROXY_DOMAIN", "pg.example");
        environment.put("WATCH_NAMESPACES", "shop, blog,");
        environment.put("API_PORT", "0");
        environment.put("MANAGEMENT_PORT", "1");

        assertThat(environment)
                .containsOnlyKeys(OperatorConfig.ALL.stream().map(Setting::name).toList());
        assertThat(OperatorConfig.read(environment))
                .isEqualTo(new OperatorConfig(
                        new OperatorConfig.Railway(
                                URI.create("http://127.0.0.1:4000/graphql"),
                                Path.of("/etc/railway/token"),
                                RailwayToken.Kind.PROJECT,
                                Plan.PRO,
                                "p",
                                "e"),
                        new OperatorConfig.Proxy(
                                "proxy.example", 6432, "pg.example", "system:serviceaccount:system:proxy"),
                        Duration.ofSeconds(5),
                        Duration.ofMillis(500),
                        Duration.ofMinutes(1),
                        "example/pg:{major}",
                        Set.of("shop", "blog"),
                        "system",
                        0,
                        1,
                        "operator-0"));
    }

    @Test
    void tellsAllProblemsAtOnce() {
        var environment = Map.of(
                "RAILWAY_PROJECT_ID", "p",
                "API_PORT", "70000",
                "RESYNC_INTERVAL", "soon",
                "COMPUTE_IMAGE", "postgres:17",
                "PROXY_SERVICE_ACCOUNT", "proxy");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> OperatorConfig.read(environment))
                .withMessageContaining("RAILWAY_PROJECT_ID and RAILWAY_ENVIRONMENT_ID go together")
                .withMessageContaining("API_PORT=70000 is wrong")
                .withMessageContaining("RESYNC_INTERVAL=soon is wrong")
                .withMessageContaining("COMPUTE_IMAGE=postgres:17 is wrong")
                .withMessageContaining("PROXY_SERVICE_ACCOUNT=proxy is wrong")
                .withMessageContaining("PROXY_HOST is not set")
                .withMessageContaining("LEASE_NAMESPACE is not set")
                .withMessageContaining("POD_NAME is not set");
    }

    @Test
    void showsEverySettingInItsTable() {
        assertThat(OperatorConfig.table().lines()).hasSize(OperatorConfig.ALL.size() + 2);
        assertThat(OperatorConfig.table()).contains("| `RESYNC_INTERVAL` | `PT60S` |", "| `POD_NAME` | required |");
    }
}
