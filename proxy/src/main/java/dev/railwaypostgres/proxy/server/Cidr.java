package dev.railwaypostgres.proxy.server;

import java.net.InetAddress;

/**
 * A network, as {@code 10.0.0.0/8} or {@code fd00::/8}.
 *
 * @param bits how many of the address' first bits count
 */
public record Cidr(InetAddress address, int bits) {
    public Cidr {
        if (bits < 0 || bits > address.getAddress().length * Byte.SIZE) {
            throw new IllegalArgumentException("not a network: " + address.getHostAddress() + "/" + bits);
        }
    }

    /**
     * @throws IllegalArgumentException for anything else; names are not looked up
     */
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("not a network: " + text);
        }
        return new Cidr(InetAddress.ofLiteral(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
    }

    public boolean contains(InetAddress other) {
        var mine = address.getAddress();
        var its = other.getAddress();
        if (mine.length != its.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % Byte.SIZE);
            if (((mine[bit / Byte.SIZE] ^ its[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return address.getHostAddress() + "/" + bits;
    }
}
