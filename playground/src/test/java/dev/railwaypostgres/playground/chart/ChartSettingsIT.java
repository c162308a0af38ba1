package dev.railwaypostgres.playground.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.railwaypostgres.operator.OperatorConfig;
import dev.railwaypostgres.playground.kubernetes.Helm;
import dev.railwaypostgres.playground.kubernetes.KubernetesBinaries;
import dev.railwaypostgres.proxy.ProxyConfig;
import dev.railwaypostgres.proxy.cancel.PeersConfig;
import dev.railwaypostgres.proxy.console.ConsoleConfig;
import dev.railwaypostgres.proxy.route.Address;
import dev.railwaypostgres.proxy.tls.ClientCertificates;
import dev.railwaypostgres.proxy.tls.TlsConfig;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Service;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chart sets what the two programs read: all of it, and nothing that they do not know. */
class ChartSettingsIT {
    private static final Pattern SETTING = Pattern.compile("(?m)^\\| `([A-Z_]+)`");
    private static Chart chart;

    @BeforeAll
    static void findHelm(@TempDir Path folder) {
        var binaries = KubernetesBinaries.standard(System.out::println);
        chart = new Chart(new Helm(binaries.helm(), folder.resolve("none"), folder));
    }

    @Test
    void setsEverySettingOfTheOperator() {
        var environment = chart.environment("railway-postgres-operator");
        assertThat(environment.keySet()).containsExactlyInAnyOrderElementsOf(settings(OperatorConfig.table()));
        assertThatCode(() -> OperatorConfig.read(values(environment))).doesNotThrowAnyException();
    }

    @Test
    void setsEverySettingOfTheProxy() {
        var environment = chart.environment("railway-postgres-proxy");
        assertThat(environment.keySet()).containsExactlyInAnyOrderElementsOf(settings(ProxyConfig.table()));
        assertThatCode(() -> ProxyConfig.read(values(environment))).doesNotThrowAnyException();
    }

    @Test
    void letsTheProxyFindTheOperator() {
        var proxy = ProxyConfig.read(values(chart.environment("railway-postgres-proxy", "operator.apiPort=8123")));
        assertThat(proxy.operatorUrl()).hasToString("http://railway-postgres-operator.system.svc:8123");
    }

    @Test
    void letsTheReplicasOfTheProxyFindEachOther() {
        var peers = ProxyConfig.read(values(chart.environment("railway-postgres-proxy")))
                .peers();
        assertThat(peers)
                .isEqualTo(new PeersConfig(
                        List.of(new Address("railway-postgres-proxy-replicas.system.svc", 5432)),
                        InetAddress.ofLiteral("10.0.0.1")));
        assertThat(chart.render())
                .filteredOn(Service.class::isInstance)
                .extracting(service -> service.getMetadata().getName())
                .contains("railway-postgres-proxy-replicas");
    }

    @Test
    void asksClientsForCertificatesOnlyOfAnAuthorityThatItWasGiven() {
        assertThat(chart.attempt("proxy.tls.clients.certificates=required").errors())
                .contains("proxy.tls.clients.caSecretName");
        var proxy = ProxyConfig.read(values(chart.environment(
                "railway-postgres-proxy",
                "proxy.tls.clients.certificates=required",
                "proxy.tls.clients.caSecretName=ours")));
        assertThat(proxy.tls())
                .isNotNull()
                .extracting(TlsConfig::clientCertificates)
                .isEqualTo(ClientCertificates.REQUIRED);
    }

    @Test
    void hasAConsoleOnlyWhenItIsAskedFor() {
        var usual = ProxyConfig.read(values(chart.environment("railway-postgres-proxy")));
        var asked = ProxyConfig.read(values(chart.environment("railway-postgres-proxy", "proxy.console.enabled=true")));
        assertThat(usual.console()).isNull();
        assertThat(asked.console())
                .isEqualTo(
                        new ConsoleConfig(Path.of("/etc/proxy-console/users"), "", Set.of("admin"), Set.of("stats")));
    }

    @Test
    void letsTheOperatorKnowTheProxy() {
        var environment = chart.environment("railway-postgres-operator", "proxy.domain=pg.example.com");
        assertThat(OperatorConfig.read(values(environment)).proxy())
                .isEqualTo(new OperatorConfig.Proxy(
                        "railway-postgres-proxy.system.svc",
                        5432,
                        "pg.example.com",
                        "system:serviceaccount:system:railway-postgres-proxy"));
    }

    private static List<String> settings(String table) {
        return SETTING.matcher(table)
                .results()
                .map((MatchResult row) -> row.group(1))
                .toList();
    }

    /** What a kubelet fills in is filled in here. */
    private static Map<String, String> values(Map<String, EnvVar> environment) {
        return environment.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> Objects.requireNonNullElse(
                                entry.getValue().getValue(), entry.getKey().equals("POD_IP") ? "10.0.0.1" : "pod")));
    }
}
