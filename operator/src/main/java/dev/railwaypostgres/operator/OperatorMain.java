package dev.railwaypostgres.operator;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the operator from environment variables, and is the one place that ends the process. */
public final class OperatorMain {
    private static final Logger LOG = LoggerFactory.getLogger(OperatorMain.class);
    private static final int WRONG_SETTINGS = 2;
    private static final int FAILED = 1;
    /** With pauses that double from 100 ms: calls give up after some three seconds, and what called tries again. */
    private static final int KUBERNETES_RETRIES = 5;

    private OperatorMain() {}

    public static void main(String[] arguments) {
        limitHttpServer();
        System.exit(run());
    }

    /** Returns the exit status when the operator cannot go on; a signal ends it from outside. */
    private static int run() {
        try {
            return run(OperatorConfig.read(System.getenv()));
        } catch (IllegalArgumentException e) {
            LOG.atError().log("Wrong settings:\n{}", e.getMessage());
            return WRONG_SETTINGS;
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("The operator did not start");
            return FAILED;
        }
    }

    private static int run(OperatorConfig config) {
        var client = kubernetes();
        var process = OperatorProcess.start(config, client);
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("shutdown").unstarted(() -> stop(process, client)));
        var reason = process.failure().join();
        LOG.atError().addKeyValue("reason", reason).log("The operator cannot go on, and ends to be started anew");
        return FAILED;
    }

    private static void stop(OperatorProcess process, KubernetesClient client) {
        LOG.atInfo().log("The operator ends");
        process.close();
        client.close();
    }

    private static KubernetesClient kubernetes() {
        var config = new ConfigBuilder(Config.autoConfigure(null))
                .withRequestRetryBackoffLimit(KUBERNETES_RETRIES)
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    /** The JDK's HTTP server takes its limits from properties only, in seconds: for a request, and for an answer. */
    private static void limitHttpServer() {
        System.setProperty("sun.net.httpserver.maxReqTime", "10");
        System.setProperty("sun.net.httpserver.maxRspTime", "60");
    }
}
