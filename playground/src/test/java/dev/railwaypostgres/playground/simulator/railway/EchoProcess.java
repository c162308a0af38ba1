package dev.railwaypostgres.playground.simulator.railway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;

/** A server that sends back what it got first, and hangs up. */
final class EchoProcess {
    private EchoProcess() {}

    /** The shell text that becomes such a server. */
    static String script() {
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        return "exec '%s' -XX:TieredStopAtLevel=1 -cp '%s' %s \"$PORT\""
                .formatted(java, System.getProperty("java.class.path"), EchoProcess.class.getName());
    }

    static void main(String[] arguments) throws IOException {
        try (var server = new ServerSocket(Integer.parseInt(arguments[0]), 10, InetAddress.getLoopbackAddress())) {
            while (true) {
                try (var client = server.accept()) {
                    var bytes = new byte[100];
                    var count = client.getInputStream().read(bytes);
                    client.getOutputStream().write(bytes, 0, Math.max(count, 0));
                }
            }
        }
    }
}
