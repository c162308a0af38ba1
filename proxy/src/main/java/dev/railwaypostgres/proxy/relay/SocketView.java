package dev.railwaypostgres.proxy.relay;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A socket as people see it.
 *
 * @param remote and {@code local}: null once it is closed
 * @param tls protocol and cipher; empty without
 */
public record SocketView(
        @Nullable InetSocketAddress remote, @Nullable InetSocketAddress local, String tls) {}
