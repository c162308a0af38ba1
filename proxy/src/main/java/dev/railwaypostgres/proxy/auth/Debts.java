package dev.railwaypostgres.proxy.auth;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Who has done too much of something lately, and for how long he has to wait. Everybody has a credit of so many charges,
 * and each is paid off by a fixed time; those who overdraw it wait until they are even again. Knows a fixed number of
 * debtors and forgets the one that was met longest ago. Confined to its event loop.
 *
 * @param <K> whom it is about
 */
public final class Debts<K> {
    /**
     * @param credit how many charges nobody has to wait for
     * @param payOff the time in which one charge is paid off
     * @param longest nobody's debt is longer, however much he did
     */
    public record Terms(int credit, Duration payOff, Duration longest) {}

    private final Terms terms;
    private final LongSupplier clock;
    private final Recent<K, Long> evenAt;

    /** @param clock in nanoseconds, as {@link System#nanoTime} */
    public Debts(Terms terms, int capacity, LongSupplier clock) {
        this.terms = terms;
        this.clock = clock;
        this.evenAt = new Recent<>(capacity);
    }

    public void charge(K debtor) {
        long now = clock.getAsLong();
        long latest = now
                + terms.payOff().toNanos() * terms.credit()
                + terms.longest().toNanos();
        long before = evenAt.getOrDefault(debtor, now);
        long from = before - now > 0 ? before : now;
        long next = from + terms.payOff().toNanos();
        evenAt.put(debtor, next - latest > 0 ? latest : next);
    }

    /** How long until the debtor is within his credit; zero if he is. */
    public Duration owed(K debtor) {
        var even = evenAt.get(debtor);
        if (even == null) {
            return Duration.ZERO;
        }
        long over = even - clock.getAsLong() - terms.payOff().toNanos() * terms.credit();
        return over > 0 ? Duration.ofNanos(over) : Duration.ZERO;
    }
}
