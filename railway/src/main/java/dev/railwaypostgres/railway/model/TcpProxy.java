package dev.railwaypostgres.railway.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The public address of one port of a service: bytes are forwarded as they are, TLS is the service's own.
 *
 * @param domain the host to dial, without the dot that Railway sometimes ends it with
 * @param proxyPort the port to dial, chosen by Railway
 * @param applicationPort the service's own port
 */
public record TcpProxy(
        TcpProxyId id,
        String domain,
        int proxyPort,
        int applicationPort,
        TcpProxySyncStatus syncStatus,
        @Nullable Instant deletedAt) {

    public TcpProxy {
        domain = domain.endsWith(".") ? domain.substring(0, domain.length() - 1) : domain;
    }

    public boolean isActive() {
        return syncStatus == TcpProxySyncStatus.ACTIVE && deletedAt == null;
    }
}
