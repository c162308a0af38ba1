package dev.railwaypostgres.proxy.cancel;

import dev.railwaypostgres.proxy.route.Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the other replicas are now, asked of DNS, whose answers Java keeps for a while. Blocks: not for an event loop. */
final class PeerDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(PeerDirectory.class);

    /** More do not share a number by chance. */
    private static final int MOST = 4;

    private final PeersConfig config;
    private final InetSocketAddress own;

    PeerDirectory(PeersConfig config, int ownPort) {
        this.config = config;
        this.own = new InetSocketAddress(config.ownHost(), ownPort);
    }

    List<InetSocketAddress> with(ReplicaNumber number) {
        return config.names().stream()
                .flatMap(PeerDirectory::addresses)
                .filter(peer -> !peer.equals(own) && ReplicaNumber.of(peer).equals(number))
                .distinct()
                .limit(MOST)
                .toList();
    }

    private static Stream<InetSocketAddress> addresses(Address name) {
        try {
            return Arrays.stream(InetAddress.getAllByName(name.host()))
                    .map(host -> new InetSocketAddress(host, name.port()));
        } catch (UnknownHostException _) {
            LOG.atWarn().addKeyValue("peers", name).log("the other replicas cannot be found; a cancel request is lost");
            return Stream.empty();
        }
    }
}
