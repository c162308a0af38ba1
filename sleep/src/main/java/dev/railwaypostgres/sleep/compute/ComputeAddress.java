package dev.railwaypostgres.sleep.compute;

/** Where a compute accepts connections: the public address of its TCP proxy on Railway. */
public record ComputeAddress(String host, int port) {
    /**
     * Reads {@code host:port} as {@link #toString()} writes it.
     *
     * @throws IllegalArgumentException if it is not of that form
     */
    public static ComputeAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("not of the form host:port: " + text);
        }
        return new ComputeAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
