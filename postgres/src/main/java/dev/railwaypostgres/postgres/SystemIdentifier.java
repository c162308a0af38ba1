package dev.railwaypostgres.postgres;

/** Made by {@code initdb}, the same for as long as a database's files live, and in all their copies. 64 bits, unsigned. */
public record SystemIdentifier(long value) {
    /**
     * Reads the decimal number that Postgres prints.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static SystemIdentifier parse(String text) {
        return new SystemIdentifier(Long.parseUnsignedLong(text));
    }

    @Override
    public String toString() {
        return Long.toUnsignedString(value);
    }
}
