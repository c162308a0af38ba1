package dev.railwaypostgres.proxy.auth;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Where a client really is, behind whatever passes its bytes on. */
public record ClientAddress(InetAddress host, int port) {
    private static final int NETWORK_BYTES = 8;

    public static ClientAddress of(InetSocketAddress socket) {
        return new ClientAddress(socket.getAddress(), socket.getPort());
    }

    /** What one person has: an IPv4 address, or an IPv6 network of 64 bits, in which addresses cost nothing. */
    public InetAddress network() {
        return host instanceof Inet6Address ? masked(host.getAddress()) : host;
    }

    private static InetAddress masked(byte[] address) {
        Arrays.fill(address, NETWORK_BYTES, address.length, (byte) 0);
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an IPv6 address has 16 bytes before and after", e);
        }
    }

    /** As people write it: {@code 10.0.0.1:5555}. */
    @Override
    public String toString() {
        return (host instanceof Inet6Address ? "[" + host.getHostAddress() + "]" : host.getHostAddress()) + ":" + port;
    }
}
