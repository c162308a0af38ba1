package dev.railwaypostgres.playground.simulator.railway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Free local ports below the range from which the kernel takes the ports of outgoing connections: nobody takes one by accident while its
 * service is asleep.
 */
final class Ports {
    private static final int FIRST = 20_000;
    private static final int END = 32_768;

    private Ports() {}

    static int free() {
        while (true) {
            var port = ThreadLocalRandom.current().nextInt(FIRST, END);
            if (isFree(port)) {
                return port;
            }
        }
    }

    private static boolean isFree(int port) {
        try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}
