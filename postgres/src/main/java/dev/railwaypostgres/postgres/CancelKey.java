package dev.railwaypostgres.postgres;

/**
 * What allows its holder to cancel the statements of one session.
 *
 * @param secret four bytes in protocol 3.0, up to 256 since 3.2
 */
public record CancelKey(int processId, Bytes secret) {
    public static final int MAX_SECRET_LENGTH = 256;

    public CancelKey {
        if (secret.length() < 1 || secret.length() > MAX_SECRET_LENGTH) {
            throw new IllegalArgumentException("a cancel key has 1 to 256 bytes, not " + secret.length());
        }
    }

    @Override
    public String toString() {
        return processId + ":***";
    }
}
