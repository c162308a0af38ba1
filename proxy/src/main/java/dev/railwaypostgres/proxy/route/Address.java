package dev.railwaypostgres.proxy.route;

/** Where a compute listens. */
public record Address(String host, int port) {
    /**
     * Reads {@code host:port}, IPv6 hosts in brackets.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static Address parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon <= 0) {
            throw new IllegalArgumentException("not host:port: " + text);
        }
        var host = text.substring(0, colon).replace("[", "").replace("]", "");
        int port = Integer.parseInt(text.substring(colon + 1));
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("not a port: " + port);
        }
        return new Address(host, port);
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
