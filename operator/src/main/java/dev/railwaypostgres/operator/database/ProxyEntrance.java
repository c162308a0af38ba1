package dev.railwaypostgres.operator.database;

import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabaseStatus.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * Where clients reach the proxy.
 *
 * @param domain if every database has a host name of its own below it; absent: all share the host, and say which
 *     database they mean
 */
public record ProxyEntrance(String host, int port, @Nullable String domain) {
    Endpoint endpointOf(DatabaseRef database) {
        String name = database.endpointName();
        String ownHost = domain == null ? host : name + "." + domain;
        return new Endpoint(name, ownHost, port, ownHost + ":" + port);
    }
}
