package dev.railwaypostgres.playground.simulator.railway;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The public ports of all services: each is bound for the whole life of its TCP proxy, asleep or not. */
final class Forwarders {
    private final Map<String, Forwarder> byProxy = new ConcurrentHashMap<>();
    private final Map<Place, Integer> running = new ConcurrentHashMap<>();
    private final World world;
    private final Vertx vertx;
    private final NetClient client;
    private final Quirks quirks;

    Forwarders(World world, Vertx vertx, Quirks quirks) {
        this.world = world;
        this.vertx = vertx;
        this.client = vertx.createNetClient();
        this.quirks = quirks;
    }

    /** Binds the port of a new proxy, or of one remembered from the last run. */
    void open(Row.TcpProxy proxy) {
        var forwarder =
                byProxy.computeIfAbsent(proxy.id(), _ -> new Forwarder(vertx, client, proxy.proxyPort(), quirks));
        point(forwarder, Place.of(proxy));
    }

    void close(Row.TcpProxy proxy) {
        var forwarder = byProxy.remove(proxy.id());
        if (forwarder != null) {
            forwarder.close();
        }
    }

    void serviceListensOn(Place place, int port) {
        running.put(place, port);
        of(place).forEach(forwarder -> point(forwarder, place));
    }

    void serviceStopped(Place place) {
        running.remove(place);
        of(place).forEach(forwarder -> point(forwarder, place));
    }

    void closeAll() {
        byProxy.values().forEach(Forwarder::close);
        byProxy.clear();
    }

    private void point(Forwarder forwarder, Place place) {
        var port = running.get(place);
        if (port == null) {
            forwarder.forwardNowhere();
        } else {
            forwarder.forwardTo(port);
        }
    }

    private List<Forwarder> of(Place place) {
        return world.read(state -> state.proxiesOf(place)
                .map(proxy -> byProxy.get(proxy.id()))
                .filter(forwarder -> forwarder != null)
                .toList());
    }
}
