package dev.railwaypostgres.proxy.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.railwaypostgres.crds.v1alpha1.Pooling;
import dev.railwaypostgres.proxy.route.PoolPolicy;
import dev.railwaypostgres.proxy.settings.Problems;
import dev.railwaypostgres.proxy.settings.Reference;
import dev.railwaypostgres.proxy.settings.Setting;
import dev.railwaypostgres.proxy.settings.SettingsFile;
import dev.railwaypostgres.railway.Plan;
import dev.railwaypostgres.railway.RailwaySettings;
import dev.railwaypostgres.railway.RailwayToken;
import dev.railwaypostgres.sleep.SleepPolicy;
import dev.railwaypostgres.sleep.compute.AdminLogin;
import dev.railwaypostgres.sleep.compute.ComputeAddress;
import dev.railwaypostgres.sleep.compute.Password;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandaloneFileTest {
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "RAILWAY_TOKEN", "t-1",
            "BAD_TOKEN", "t 1",
            "DATABASE_URL", "postgresql://postgres:secret@postgres.railway.internal:5432/railway",
            "OTHER_URL", "postgresql://admin:other@other.railway.internal:5432/things");

    private static StandaloneSettings read(String text) {
        var problems = new Problems();
        var settings = StandaloneFile.read(new SettingsFile("file.yaml", ENVIRONMENT, problems).read(text));
        problems.end();
        return settings;
    }

    @Test
    void needsLittleForOneDatabase() {
        var settings = read("""
                railway: {token: {env: RAILWAY_TOKEN}}
                databases:
                  - {name: orders, service: Postgres, admin: {env: DATABASE_URL}}
                """);

        assertThat(settings)
                .isEqualTo(new StandaloneSettings(
                        null,
                        new StandaloneSettings.Railway(
                                RailwaySettings.RAILWAY,
                                new Reference.Variable("RAILWAY_TOKEN"),
                                RailwayToken.Kind.PROJECT,
                                Plan.HOBBY,
                                null),
                        List.of(new StandaloneSettings.Database(
                                "orders",
                                "Postgres",
                                new AdminLogin(
                                        new ComputeAddress("postgres.railway.internal", 5432),
                                        "postgres",
                                        "railway",
                                        "railway-postgres-proxy",
                                        new Password("secret")),
                                "*",
                                new SleepPolicy(Duration.ofMinutes(5), false, SleepPolicy.Ignored.NOBODY),
                                PoolPolicy.defaults()))));
    }

    @Test
    void readsEveryKey(@TempDir Path folder) throws IOException {
        var token = Files.writeString(folder.resolve("token"), "t-2\n");

        var settings = read("""
                stateFolder: /data
                railway:
                  token: {file: %s}
                  tokenKind: Workspace
                  environment: e-1
                  plan: Pro
                  apiUrl: http://localhost:1/graphql
                databases:
                  - name: orders
                    service: Postgres
                    admin: {env: DATABASE_URL}
                    address: "[fd12::1]:5433"
                    databaseName: shop
                    suspend:
                      afterIdle: 90s
                      answerWithoutWaking: [Pings]
                      ignore: {applicationNames: [grafana], roles: [backup], insiders: true}
                    pooling:
                      mode: Session
                      poolSize: 5
                      maxClients: 50
                      queueTimeout: 10s
                      reserveSize: 2
                      reserveAfter: 1s
                      idleInTransactionTimeout: 1m
                      clientIdleTimeout: 1h
                      serverIdleTimeout: 20s
                      serverLifetime: 30m
                      roles:
                        - {name: reports, mode: Transaction, poolSize: 1, maxClients: 2}
                  - {name: other, service: s-2, admin: {env: OTHER_URL}}
                """.formatted(token));

        assertThat(settings.stateFolder()).isEqualTo(Path.of("/data"));
        assertThat(settings.railway())
                .extracting(
                        StandaloneSettings.Railway::token,
                        StandaloneSettings.Railway::tokenKind,
                        StandaloneSettings.Railway::environment,
                        StandaloneSettings.Railway::plan)
                .containsExactly(new Reference.Content(token), RailwayToken.Kind.WORKSPACE, "e-1", Plan.PRO);
        var orders = settings.databases().getFirst();
        assertThat(orders.login().address()).isEqualTo(new ComputeAddress("fd12::1", 5433));
        assertThat(orders.databaseName()).isEqualTo("shop");
        assertThat(orders.sleep())
                .isEqualTo(new SleepPolicy(
                        Duration.ofSeconds(90),
                        false,
                        new SleepPolicy.Ignored(Set.of("grafana"), Set.of("backup"), true)));
        assertThat(orders.pooling())
                .isEqualTo(new PoolPolicy(
                        PoolPolicy.Mode.SESSION,
                        new PoolPolicy.Size(5, 2, Duration.ofSeconds(1), 50),
                        new PoolPolicy.Patience(
                                Duration.ofSeconds(10),
                                Duration.ofMinutes(1),
                                Duration.ofHours(1),
                                Duration.ofSeconds(20),
                                Duration.ofMinutes(30)),
                        Map.of("reports", new PoolPolicy.RolePolicy(PoolPolicy.Mode.TRANSACTION, 1, 2)),
                        Set.of(PoolPolicy.LocalAnswer.PINGS)));
        assertThat(settings.databases().getLast().databaseName()).isEqualTo("things");
    }

    @Test
    void tellsAllThatIsWrongAtOnce() {
        assertThatThrownBy(() -> read("""
                        stateFoldr: /data
                        railway:
                          tokenKind: Workspace
                        databases:
                          - name: Orders!
                            admin: postgresql://postgres:secret@host/db
                            suspend: {afterIdle: soon}
                          - {name: other, service: s, admin: {env: OTHER_URL}, databaseName: "*"}
                          - {name: other, service: s, admin: {env: MISSING}, pooling: {poolSize: 0}}
                        """)).hasMessage("""
                        file.yaml:6: databases[0].admin: is a secret and does not belong in here: write {env: VARIABLE} or {file: PATH}
                        file.yaml:7: databases[0].suspend.afterIdle=soon is wrong: Sleep after this long without work, for example 5m or 1h30m. 0s: never.
                        file.yaml:5: databases[0].name=Orders! is wrong: What clients call it: options=endpoint=<name>, or <name>.<proxyDomain>. Small letters, digits and hyphens.
                        file.yaml:5: databases[0].service: is not set: The Postgres service on Railway, by its name or its id.
                        file.yaml:8: databases[1]: databaseName * is for one database alone
                        file.yaml:9: databases[2].admin: the variable MISSING is empty or not set
                        file.yaml:9: databases[2].pooling.poolSize=0 is wrong: Server connections at most, 1 to 1000.
                        file.yaml:9: databases[2]: another database has the same name
                        file.yaml:9: databases[2]: another database has the same service
                        file.yaml:3: railway: environment is not set, which only a project token knows by itself
                        file.yaml:3: railway.token: is not set: Railway token, by reference. Of a file it is read anew when Railway refuses the one before.
                        file.yaml:1: stateFoldr: there is no such setting""");
    }

    @Test
    void refusesWhatCannotBeATokenWithoutShowingIt() {
        assertThatThrownBy(() -> read("""
                        railway: {token: {env: BAD_TOKEN}}
                        databases: [{name: orders, service: Postgres, admin: {env: DATABASE_URL}}]
                        """))
                .hasMessageStartingWith("file.yaml:1: railway.token is wrong: Railway token")
                .hasMessageNotContaining("t 1");
    }

    @Test
    void refusesAFileWithoutDatabases() {
        assertThatThrownBy(() -> read("railway: {token: {env: RAILWAY_TOKEN}}"))
                .hasMessage("file.yaml:1: there are no databases");
    }

    @Test
    void callsWhatKubernetesHasTooByTheSameNames() {
        assertThat(PoolingSection.KEYS)
                .extracting(Setting::name)
                .containsExactlyInAnyOrderElementsOf(names(Pooling.class, "roles"));
        assertThat(PoolingSection.KEYS_OF_ROLES)
                .extracting(Setting::name)
                .containsExactlyInAnyOrderElementsOf(names(Pooling.Role.class));
    }

    private static List<String> names(Class<? extends Record> type, String... without) {
        var names = new ArrayList<String>();
        for (RecordComponent component : type.getRecordComponents()) {
            names.add(component.getName());
        }
        names.removeAll(List.of(without));
        return names;
    }
}
