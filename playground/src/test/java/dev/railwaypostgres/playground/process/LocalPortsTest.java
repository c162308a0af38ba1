package dev.railwaypostgres.playground.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalPortsTest {
    @TempDir
    private Path folder;

    @Test
    void givesEachNameItsOwnPort() {
        var ports = LocalPorts.in(folder.resolve("ports"));
        assertThat(ports.of("one")).isNotEqualTo(ports.of("other"));
    }

    @Test
    void remembersPorts() {
        var port = LocalPorts.in(folder.resolve("ports")).of("one");
        assertThat(LocalPorts.in(folder.resolve("ports")).of("one")).isEqualTo(port);
    }

    @Test
    void takesAnotherPortWhenSomebodyElseHasTheRememberedOne() throws IOException {
        var port = LocalPorts.in(folder.resolve("ports")).of("one");
        try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(LocalPorts.in(folder.resolve("ports")).of("one")).isNotEqualTo(port);
        }
    }
}
