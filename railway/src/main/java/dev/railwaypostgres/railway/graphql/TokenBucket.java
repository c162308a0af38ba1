package dev.railwaypostgres.railway.graphql;

/** A bucket of tokens that fills evenly up to its capacity. Time is in nanoseconds of {@link System#nanoTime}. */
final class TokenBucket {
    private final double capacity;
    private final double perNano;
    private double tokens;
    private long filledAt;

    TokenBucket(double capacity, double perNano, long now) {
        this.capacity = capacity;
        this.perNano = perNano;
        this.tokens = capacity;
        this.filledAt = now;
    }

    double capacity() {
        return capacity;
    }

    /** Nanoseconds until there are so many tokens; zero or less when there are. */
    long waitFor(double wanted, long now) {
        fill(now);
        return (long) Math.ceil((wanted - tokens) / perNano);
    }

    void take(long now) {
        fill(now);
        tokens -= 1;
    }

    void lowerTo(double most, long now) {
        fill(now);
        tokens = Math.min(tokens, most);
    }

    private void fill(long now) {
        tokens = Math.min(capacity, tokens + (now - filledAt) * perNano);
        filledAt = now;
    }
}
