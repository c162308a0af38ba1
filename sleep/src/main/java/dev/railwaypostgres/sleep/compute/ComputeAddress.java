package dev.railwaypostgres.sleep.compute;

/**
 * Where a compute accepts connections: its TCP proxy on Railway, or its name on the private network there.
 *
 * @param host without brackets if it is an IPv6 address
 */
public record ComputeAddress(String host, int port) {
    /**
     * Reads {@code host:port}, an IPv6 address in brackets, as {@link #toString()} writes it.
     *
     * @throws IllegalArgumentException if it is not of that form
     */
    public static ComputeAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("not of the form host:port: " + text);
        }
        var host = text.substring(0, colon).replace("[", "").replace("]", "");
        return new ComputeAddress(host, Integer.parseInt(text.substring(colon + 1)));
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
