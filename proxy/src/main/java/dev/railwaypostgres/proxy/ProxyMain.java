package dev.railwaypostgres.proxy;

import java.io.IOException;
import java.security.Security;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The proxy as a process: settings from the environment, an end with patience on SIGTERM. */
public final class ProxyMain {
    private static final Logger LOG = LoggerFactory.getLogger(ProxyMain.class);
    private static final int FAILED = 1;
    private static final int WRONG_SETTINGS = 2;

    private ProxyMain() {}

    public static void main(String[] arguments) {
        rememberNamesBriefly();
        try {
            var proxy = ProxyChoice.of(System.getenv()).start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(proxy), "drain"));
            var _ = proxy.ended().thenRun(() -> System.exit(0));
        } catch (IllegalArgumentException e) {
            LOG.atError().log("Wrong settings:\n{}", e.getMessage());
            System.exit(WRONG_SETTINGS);
        } catch (IOException e) {
            LOG.atError().setCause(e).log("the proxy cannot start");
            System.exit(FAILED);
        }
    }

    /** A compute has another address after each start, and its name leads nowhere in between. */
    private static void rememberNamesBriefly() {
        Security.setProperty("networkaddress.cache.ttl", "1");
        Security.setProperty("networkaddress.cache.negative.ttl", "0");
    }

    private static void end(Proxy proxy) {
        try (proxy) {
            proxy.drain();
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("the drain did not end well");
        }
    }
}
