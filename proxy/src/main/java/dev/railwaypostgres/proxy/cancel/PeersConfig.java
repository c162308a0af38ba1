package dev.railwaypostgres.proxy.cancel;

import dev.railwaypostgres.postgres.Bytes;
import dev.railwaypostgres.proxy.route.Address;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The other replicas, to which cancel requests of their sessions are passed on.
 *
 * @param names host names that stand for all addresses of all replicas, each with the port where they take clients
 * @param ownHost of this replica among those addresses
 * @param keyFile with a secret that all replicas share
 */
public record PeersConfig(List<Address> names, InetAddress ownHost, Path keyFile) {
    /** A key that can be guessed would let anybody cancel anything. */
    private static final int SHORTEST_KEY = 16;

    public PeersConfig {
        names = List.copyOf(names);
    }

    /**
     * @param ownPort where this replica takes clients
     * @throws IOException when the shared secret cannot be read, or is too short for one
     */
    public CancelKeys keys(int ownPort) throws IOException {
        var shared = Bytes.copyOf(Files.readAllBytes(keyFile));
        if (shared.length() < SHORTEST_KEY) {
            throw new IOException(keyFile + " has less than " + SHORTEST_KEY + " bytes: too short for a key");
        }
        return new CancelKeys(ReplicaNumber.of(own(ownPort)), shared);
    }

    InetSocketAddress own(int port) {
        return new InetSocketAddress(ownHost, port);
    }
}
