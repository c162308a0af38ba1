package dev.railwaypostgres.playground.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** Ports by name, taken at random once and remembered in a file: addresses stay the same when everything is started again. */
public final class LocalPorts {
    private final Path file;
    private final Properties ports = new Properties();

    private LocalPorts(Path file) {
        this.file = file;
    }

    /** The ports remembered in the file, which need not be there yet. */
    public static LocalPorts in(Path file) {
        var ports = new LocalPorts(file);
        if (Files.exists(file)) {
            try (var reader = Files.newBufferedReader(file)) {
                ports.ports.load(reader);
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot read " + file, e);
            }
        }
        return ports;
    }

    /** The port of that name: the one it had, unless somebody else took it meanwhile. */
    public synchronized int of(String name) {
        var remembered = ports.getProperty(name);
        if (remembered != null && isFree(Integer.parseInt(remembered))) {
            return Integer.parseInt(remembered);
        }
        var port = free();
        ports.setProperty(name, Integer.toString(port));
        save();
        return port;
    }

    private int free() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = socket.getLocalPort();
            return ports.containsValue(Integer.toString(port)) ? free() : port;
        } catch (IOException e) {
            throw new UncheckedIOException("There is no free port", e);
        }
    }

    private static boolean isFree(int port) {
        try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private void save() {
        try (var writer = Files.newBufferedWriter(file)) {
            ports.store(writer, null);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }
}
