package dev.railwaypostgres.playground.run;

import dev.railwaypostgres.playground.binaries.ProcessNursery;
import dev.railwaypostgres.playground.kubernetes.ControlPlane;
import dev.railwaypostgres.playground.kubernetes.Kubectl;
import dev.railwaypostgres.playground.kubernetes.ServiceAccounts;
import dev.railwaypostgres.playground.process.LocalPorts;
import dev.railwaypostgres.playground.simulator.railway.RailwaySimulator;
import dev.railwaypostgres.playground.simulator.s3.S3Simulator;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** Everything on one machine, running. Closing it stops all; starting it again in the same home goes on where it was. */
public final class Playground implements AutoCloseable {
    private static final String OPERATOR = "dev.railwaypostgres.operator.OperatorMain";
    private static final String PROXY = "dev.railwaypostgres.proxy.ProxyMain";

    private final Home home;
    private final Progress progress;
    private final Parts parts = new Parts();
    private final ProcessNursery nursery;
    private final KubernetesPart kubernetes;
    private final RailwayPart railway;
    private final S3Simulator buckets;
    private final WorkloadProcess operator;
    private final WorkloadProcess proxy;

    private Playground(PlaygroundConfig config, Progress progress) {
        this.home = new Home(config.home());
        this.progress = progress;
        try {
            parts.add(HomeLock.take(home));
            nursery = parts.add(new ProcessNursery());
            var ports = LocalPorts.in(home.ports());
            var eventualRailway = aside(() -> railway(config, ports));
            var eventualBuckets = aside(() -> parts.add(S3Simulator.start(home.buckets(), ports.of("s3"))));
            kubernetes = parts.add(KubernetesPart.start(config, home, nursery, progress));
            progress.say("Kubernetes is ready");
            railway = join(eventualRailway);
            var installation = new Installation(config, kubernetes, railway, ports);
            installation.install();
            progress.say("The chart is installed");
            var eventualProxy = aside(() -> start(installation.workload("proxy"), PROXY));
            operator = start(installation.workload("operator"), OPERATOR);
            proxy = join(eventualProxy);
            buckets = join(eventualBuckets);
            parts.add(StatusServer.start(home, this::status));
        } catch (RuntimeException e) {
            parts.closeAfter(e);
            throw e;
        }
    }

    /** Starts all parts, side by side where they do not need each other, and returns when all are ready. */
    public static Playground start(PlaygroundConfig config, Progress progress) {
        return new Playground(config, progress);
    }

    /** Logged in to the cluster with all rights. */
    public Kubectl kubectl() {
        return kubernetes.kubectl();
    }

    /** The own control plane. */
    public ControlPlane controlPlane() {
        return kubernetes
                .controlPlane()
                .orElseThrow(() -> new IllegalStateException("This playground uses a cluster of somebody else"));
    }

    public Path kubeconfig() {
        return kubernetes.kubeconfig();
    }

    public RailwaySimulator railway() {
        return railway.simulator();
    }

    public WorkloadProcess operator() {
        return operator;
    }

    public WorkloadProcess proxy() {
        return proxy;
    }

    /** What runs where, as {@code ./run status} tells it. */
    public String status() {
        return new StatusReport(this).text();
    }

    /** Where a person or a program finds what. */
    Map<String, String> addresses() {
        var addresses = new LinkedHashMap<String, String>();
        addresses.put("Kubernetes", kubernetes.client().getMasterUrl().toString());
        addresses.put("Railway's API", railway.simulator().url().toString());
        addresses.put("buckets (S3)", buckets.url().toString());
        addresses.put("proxy (Postgres)", "127.0.0.1:" + proxy.setting("LISTEN_PORT"));
        addresses.put("operator (HTTP API)", "http://127.0.0.1:" + operator.setting("API_PORT"));
        addresses.put("operator (metrics)", "http://127.0.0.1:" + operator.setting("MANAGEMENT_PORT") + "/metrics");
        addresses.put("proxy (metrics)", "http://127.0.0.1:" + proxy.setting("MANAGEMENT_PORT") + "/metrics");
        return addresses;
    }

    KubernetesPart kubernetes() {
        return kubernetes;
    }

    Home home() {
        return home;
    }

    @Override
    public void close() {
        parts.close();
    }

    private RailwayPart railway(PlaygroundConfig config, LocalPorts ports) {
        var started = parts.add(RailwayPart.start(config, home, ports, progress));
        progress.say("Railway's simulator is ready: " + started.simulator().url());
        return started;
    }

    private WorkloadProcess start(Workload workload, String mainClass) {
        var started = parts.add(
                new WorkloadProcess(workload, () -> program(workload, mainClass), nursery, home.logs(), progress));
        progress.say("The " + workload.component() + " is ready");
        return started;
    }

    /** With fresh tokens: other clusters may give short ones. */
    private JavaProgram program(Workload workload, String mainClass) {
        var folder = home.mounts(workload.name());
        var environment = new HashMap<>(new Mounts(kubernetes.client(), workload, folder).layOut());
        var kubeconfig = new ServiceAccounts(kubernetes.client())
                .writeKubeconfig(workload.namespace(), workload.serviceAccount(), folder.resolve("kubeconfig"));
        environment.put("KUBECONFIG", kubeconfig.toString());
        return new JavaProgram(mainClass, environment);
    }

    private static <T> CompletableFuture<T> aside(Supplier<T> start) {
        return CompletableFuture.supplyAsync(start, Thread::startVirtualThread);
    }

    private static <T> T join(CompletableFuture<T> eventual) {
        try {
            return eventual.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
