package dev.railwaypostgres.playground.kubernetes;

import dev.railwaypostgres.playground.binaries.ProcessNursery;
import dev.railwaypostgres.playground.process.ChildProcess;
import dev.railwaypostgres.playground.process.LocalPorts;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * etcd, kube-apiserver and kube-controller-manager on loopback ports, with TLS and RBAC. What is stored in it survives in its folder. The
 * API server can be killed and started again, and its history be compacted, as it happens to real ones.
 */
public final class ControlPlane implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(90);

    private final ControlPlaneConfig config;
    private final ProcessNursery nursery;
    private final Certificates certificates;
    private final Etcd etcd;
    private final int port;
    private final KubernetesClient client;
    private ChildProcess apiServer;
    private final ChildProcess controllerManager;

    private ControlPlane(ControlPlaneConfig config, ProcessNursery nursery) {
        this.config = config;
        this.nursery = nursery;
        this.certificates = Certificates.in(config.folder().resolve("certificates"));
        var ports = LocalPorts.in(config.folder().resolve("ports"));
        this.etcd = new Etcd(config, ports, nursery);
        this.port = ports.of("apiserver");
        Kubeconfig.writeAdmin(kubeconfig(), server(), certificates);
        this.client = Clients.of(kubeconfig());
        this.apiServer = apiServer();
        awaitReady();
        this.controllerManager = controllerManager();
    }

    /** Starts everything and returns when the API server answers; the controllers follow at once. */
    public static ControlPlane start(ControlPlaneConfig config, ProcessNursery nursery) {
        return new ControlPlane(config, nursery);
    }

    /** Logs in with all rights. */
    public Path kubeconfig() {
        return config.folder().resolve("kubeconfig");
    }

    /** Logged in with all rights; closed with the control plane. */
    public KubernetesClient client() {
        return client;
    }

    public Kubectl kubectl() {
        return new Kubectl(config.binaries().kubectl(), kubeconfig());
    }

    public Helm helm() {
        return new Helm(config.binaries().helm(), kubeconfig(), config.folder().resolve("helm"));
    }

    public String server() {
        return "https://127.0.0.1:" + port;
    }

    /** What runs, for people to see. */
    public List<ChildProcess> processes() {
        return List.of(etcd.process(), apiServer, controllerManager);
    }

    /** As a crash would end it. */
    public void killApiServer() {
        apiServer.kill();
    }

    /** Starts the API server after it was killed, at the same address, and waits until it answers. */
    public void startApiServer() {
        apiServer = apiServer();
        awaitReady();
    }

    /** Forgets all history: a watch that asks for any of it is answered 410 Gone. */
    public void compact() {
        etcd.compact();
    }

    @Override
    public void close() {
        client.close();
        controllerManager.close();
        apiServer.kill();
        etcd.process().close();
    }

    private ChildProcess apiServer() {
        return run(
                "kube-apiserver",
                config.binaries().apiServer(),
                "--etcd-servers=" + etcd.url(),
                "--bind-address=127.0.0.1",
                "--secure-port=" + port,
                "--service-cluster-ip-range=10.0.0.0/16",
                "--authorization-mode=RBAC",
                "--client-ca-file=" + certificates.authority(),
                "--tls-cert-file=" + certificates.server(),
                "--tls-private-key-file=" + certificates.serverKey(),
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-key-file=" + certificates.tokenKey(),
                "--service-account-signing-key-file=" + certificates.tokenKey(),
                // A token lives a year: nobody renews it here, as a kubelet would.
                "--service-account-extend-token-expiration=false");
    }

    private ChildProcess controllerManager() {
        return run(
                "kube-controller-manager",
                config.binaries().controllerManager(),
                "--kubeconfig=" + kubeconfig(),
                "--leader-elect=false",
                "--secure-port=0",
                "--service-account-private-key-file=" + certificates.tokenKey(),
                "--root-ca-file=" + certificates.authority(),
                "--controllers=garbage-collector-controller,namespace-controller,serviceaccount-controller,"
                        + "root-ca-certificate-publisher-controller,clusterrole-aggregation-controller,"
                        + "deployment-controller,replicaset-controller,endpointslice-controller");
    }

    private ChildProcess run(String name, String... line) {
        return ChildProcess.start(
                name, new ProcessBuilder(line), nursery, config.folder().resolve("logs"));
    }

    private void awaitReady() {
        try (var probe = new ReadinessProbe(server(), certificates.authority())) {
            apiServer.awaitReady(probe, START_LIMIT);
        }
    }
}
