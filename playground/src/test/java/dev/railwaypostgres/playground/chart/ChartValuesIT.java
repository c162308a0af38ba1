package dev.railwaypostgres.playground.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.playground.kubernetes.Helm;
import dev.railwaypostgres.playground.kubernetes.KubernetesBinaries;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the chart makes of its values; needs helm and no cluster. */
class ChartValuesIT {
    private static Helm helm;
    private static Chart chart;

    @BeforeAll
    static void findHelm(@TempDir Path folder) {
        var binaries = KubernetesBinaries.standard(System.out::println);
        helm = new Helm(binaries.helm(), folder.resolve("none"), folder);
        chart = new Chart(helm);
    }

    @Test
    void hasNothingThatLintComplainsAbout() {
        assertThat(helm.run("lint", "--strict", Chart.FOLDER.toString())).contains("0 chart(s) failed");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    operator.replicas=-1              | /operator/replicas
                    operator.replicas=many            | /operator/replicas
                    operator.resyncInterval=60s       | /operator/resyncInterval
                    operator.computeImage=postgres:17 | /operator/computeImage
                    proxy.listenPort=80               | /proxy/listenPort
                    proxy.service.type=Ingress        | /proxy/service/type
                    proxy.transport=carrier-pigeon    | /proxy/transport
                    proxy.tls.secretName=Not_A_Name   | /proxy/tls/secretName
                    proxy.domain=*.example.com        | /proxy/domain
                    proxy.logins.inAll=0              | /proxy/logins/inAll
                    proxy.proxyProtocolFrom={here}    | /proxy/proxyProtocolFrom
                    proxy.console.secretName=Not_A_Name | /proxy/console/secretName
                    proxy.tls.clients.certificates=no | /proxy/tls/clients/certificates
                    railway.plan=Free                 | /railway/plan
                    railway.token.kind=Guest          | /railway/token/kind
                    railway.projectId=p               | /railway/environmentId
                    watchNamespaces=one               | /watchNamespaces
                    proxies.replicas=3                | proxies
                    """)
    void refusesWrongValuesAndNamesThem(String value, String complaint) {
        var result = chart.attempt(value);
        assertThat(result.succeeded()).isFalse();
        assertThat(result.errors()).contains(complaint);
    }

    @Test
    void takesSecretsThatAreThere() {
        assertThat(chart.render(
                        "proxy.tls.secretName=mine",
                        "proxy.sharedKey.secretName=mine",
                        "proxy.console.enabled=true",
                        "proxy.console.secretName=mine"))
                .extracting(HasMetadata::getKind)
                .doesNotContain("Secret");
    }

    @Test
    void keepsMostOfSeveralProxiesRunningWhileNodesAreDrained() {
        assertThat(chart.render("proxy.replicas=2")).hasAtLeastOneElementOfType(PodDisruptionBudget.class);
        assertThat(chart.render("proxy.replicas=1")).doesNotHaveAnyElementsOfTypes(PodDisruptionBudget.class);
    }
}
