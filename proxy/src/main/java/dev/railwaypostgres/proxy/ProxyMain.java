package dev.railwaypostgres.proxy;

import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The proxy as a process: settings from the environment, an end with patience on SIGTERM. */
public final class ProxyMain {
    private static final Logger LOG = LoggerFactory.getLogger(ProxyMain.class);

    private ProxyMain() {}

    public static void main(String[] arguments) {
        try {
            var config = ProxyConfig.read(System.getenv());
            var proxy = Proxy.of(config, new KubernetesClientBuilder().build()).start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(proxy), "drain"));
        } catch (IllegalArgumentException | IOException e) {
            LOG.atError().setCause(e).log("the proxy cannot start");
            System.exit(1);
        }
    }

    private static void end(Proxy proxy) {
        try (proxy) {
            proxy.drain();
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("the drain did not end well");
        }
    }
}
