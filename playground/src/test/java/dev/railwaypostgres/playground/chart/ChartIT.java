package dev.railwaypostgres.playground.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.playground.binaries.ProcessNursery;
import dev.railwaypostgres.playground.kubernetes.ControlPlane;
import dev.railwaypostgres.playground.kubernetes.ControlPlaneConfig;
import dev.railwaypostgres.playground.kubernetes.Helm;
import dev.railwaypostgres.playground.kubernetes.Kubectl;
import dev.railwaypostgres.playground.kubernetes.KubernetesBinaries;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChartIT {
    private static final String DATABASE = """
            apiVersion: railway-postgres.dev/v1alpha1
            kind: ServerlessDatabase
            metadata: {name: kept}
            spec: {}
            """;
    private static final ProcessNursery NURSERY = new ProcessNursery();
    private static ControlPlane controlPlane;
    private static Kubectl kubectl;
    private static Helm helm;

    @BeforeAll
    static void start(@TempDir Path folder) {
        var binaries = KubernetesBinaries.standard(System.out::println);
        controlPlane = ControlPlane.start(new ControlPlaneConfig(binaries, folder, false), NURSERY);
        kubectl = controlPlane.kubectl();
        helm = controlPlane.helm();
        List.of("one", "other").forEach(namespace -> kubectl.run("create", "namespace", namespace));
        install("{}");
    }

    @AfterAll
    static void stop() {
        controlPlane.close();
        NURSERY.close();
    }

    private static void install(String values) {
        helm.install(Chart.RELEASE, Chart.NAMESPACE, Chart.FOLDER, values);
    }

    @Test
    void keepsTheCertificateThatItMadeAcrossUpgrades() {
        String before = certificate();
        install("proxy: {replicas: 3}");
        assertThat(certificate()).isEqualTo(before).isNotEmpty();
    }

    @Test
    void leavesDatabasesAloneWhenItIsUninstalled() {
        kubectl.apply("one", DATABASE);
        helm.run("uninstall", Chart.RELEASE, "-n", Chart.NAMESPACE, "--wait");
        assertThat(kubectl.run("get", "sdb", "-n", "one", "-o", "name")).contains("/kept");
        install("{}");
        assertThat(kubectl.run("get", "sdb", "-n", "one", "-o", "name")).contains("/kept");
    }

    @Test
    void letsTheProxyReadDatabasesAndNothingElse() {
        assertThat(rightsOf("proxy", "one"))
                .containsExactly("serverlessdatabases.railway-postgres.dev [get list watch]");
    }

    @Test
    void letsTheOperatorDoWhatItNeedsAndNothingElse() {
        assertThat(rightsOf("operator", "one"))
                .containsExactlyInAnyOrder(
                        "serverlessdatabases.railway-postgres.dev [get list watch patch]",
                        "serverlessdatabases.railway-postgres.dev/status [patch]",
                        "serverlessdatabases.railway-postgres.dev/finalizers [update]",
                        "secrets [get create patch]",
                        "events [get create patch]",
                        "tokenreviews.authentication.k8s.io [create]");
    }

    @Test
    void letsTheOperatorHaveALeaseInItsOwnNamespaceOnly() {
        String leases = "leases.coordination.k8s.io [get create patch update]";
        assertThat(rightsOf("operator", Chart.NAMESPACE)).contains(leases);
        assertThat(rightsOf("operator", "one")).doesNotContain(leases);
    }

    @Test
    void keepsBothOutOfNamespacesThatAreNotServed() {
        install("watchNamespaces: [one]");
        assertThat(rightsOf("proxy", "one")).isNotEmpty();
        assertThat(rightsOf("proxy", "other")).isEmpty();
        assertThat(rightsOf("operator", "one")).anyMatch(right -> right.startsWith("secrets "));
        assertThat(rightsOf("operator", "other")).containsExactly("tokenreviews.authentication.k8s.io [create]");
        install("{}");
    }

    @Test
    void letsPeopleWhoMayEditANamespaceEditItsDatabases() {
        kubectl.run("create", "rolebinding", "ann", "-n", "one", "--clusterrole=edit", "--user=ann");
        kubectl.run("create", "rolebinding", "ben", "-n", "one", "--clusterrole=view", "--user=ben");
        awaitAggregation();
        assertThat(can("ann", "create")).isEqualTo("yes");
        assertThat(can("ben", "list")).isEqualTo("yes");
        assertThat(can("ben", "create")).isEqualTo("no");
    }

    /** A controller of Kubernetes' copies the rules into the roles that everybody knows. */
    private static void awaitAggregation() {
        for (String role : List.of("edit", "view")) {
            controlPlane
                    .client()
                    .rbac()
                    .clusterRoles()
                    .withName(role)
                    .waitUntilCondition(ChartIT::coversDatabases, 30, TimeUnit.SECONDS);
        }
    }

    private static boolean coversDatabases(ClusterRole role) {
        return role.getRules().stream().anyMatch(rule -> rule.getApiGroups().contains("railway-postgres.dev"));
    }

    private static String can(String user, String verb) {
        return kubectl.attempt("auth", "can-i", verb, "sdb", "-n", "one", "--as=" + user)
                .output()
                .strip();
    }

    /** Beyond what every user may do, as {@code resource [verbs]}. */
    private static List<String> rightsOf(String account, String namespace) {
        String user = "system:serviceaccount:%s:%s-%s".formatted(Chart.NAMESPACE, Chart.RELEASE, account);
        return kubectl.run("auth", "can-i", "--list", "--no-headers", "-n", namespace, "--as=" + user)
                .lines()
                .map(line -> line.split("  +", -1))
                .filter(cells -> !cells[0].isBlank() && !cells[0].startsWith("selfsubject"))
                .map(cells -> cells[0] + " " + cells[cells.length - 1])
                .toList();
    }

    private static String certificate() {
        return kubectl.run(
                "get",
                "secret",
                "railway-postgres-proxy-tls",
                "-n",
                Chart.NAMESPACE,
                "-o",
                "jsonpath={.data.tls\\.crt}");
    }
}
