package dev.railwaypostgres.playground;

import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** A free port for a program that is told its port, or that comes back to it. */
public final class PortToKeep {
    private PortToKeep() {}

    /** Outside of the range from which outgoing connections take theirs, since nobody holds it at first. */
    public static int choose() throws IOException {
        while (true) {
            int candidate = ThreadLocalRandom.current().nextInt(20_000, 30_000);
            try (var _ = new ServerSocket(candidate)) {
                return candidate;
            } catch (BindException _) {
                // Somebody else's; the next one may be free.
            }
        }
    }
}
