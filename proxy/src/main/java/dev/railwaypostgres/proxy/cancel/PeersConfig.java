package dev.railwaypostgres.proxy.cancel;

import dev.railwaypostgres.proxy.route.Address;
import java.net.InetAddress;
import java.util.List;

/**
 * The other replicas, to which cancel requests of their sessions are passed on.
 *
 * @param names host names that stand for all addresses of all replicas, each with the port where they take clients
 * @param ownHost of this replica among those addresses
 */
public record PeersConfig(List<Address> names, InetAddress ownHost) {
    public PeersConfig {
        names = List.copyOf(names);
    }
}
