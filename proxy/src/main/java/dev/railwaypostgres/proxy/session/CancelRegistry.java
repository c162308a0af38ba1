package dev.railwaypostgres.proxy.session;

import dev.railwaypostgres.postgres.CancelKey;
import dev.railwaypostgres.proxy.auth.ClientAddress;
import dev.railwaypostgres.proxy.auth.Debts;
import dev.railwaypostgres.proxy.cancel.CancelForwarder;
import dev.railwaypostgres.proxy.cancel.CancelKeys;
import dev.railwaypostgres.proxy.cancel.CancelKeys.Destination;
import dev.railwaypostgres.proxy.manage.ProxyMetrics;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Which session a cancel request means, here or at another replica. The keys are our own; servers' keys never reach clients.
 * Nobody is told anything, as with Postgres, and nothing wakes. Whoever sends many keys that are not ours is not listened
 * to for a while: four bytes are no long secret. Confined to its event loop.
 */
public final class CancelRegistry {
    private static final Debts.Terms MISSES = new Debts.Terms(1_000, Duration.ofMillis(20), Duration.ofMinutes(1));
    private static final int REMEMBERED = 10_000;

    private final CancelKeys keys;
    private final CancelForwarder peers;
    private final ProxyMetrics metrics;
    private final Debts<InetAddress> misses;
    private final Map<Integer, Holder> holders = new HashMap<>();

    private record Holder(CancelKey key, Cancellable session) {}

    /** What has become of a request. */
    private enum Fate {
        OBEYED,
        FORWARDED,
        UNKNOWN,
        LIMITED
    }

    /** @param clock in nanoseconds, as {@link System#nanoTime} */
    public CancelRegistry(CancelKeys keys, CancelForwarder peers, ProxyMetrics metrics, LongSupplier clock) {
        this.keys = keys;
        this.peers = peers;
        this.metrics = metrics;
        this.misses = new Debts<>(MISSES, REMEMBERED, clock);
    }

    public CancelKey register(Cancellable session) {
        var key = keys.issue(holders::containsKey, session.protocol());
        holders.put(key.processId(), new Holder(key, session));
        return key;
    }

    public void remove(CancelKey key) {
        holders.remove(key.processId());
    }

    /**
     * Somebody wants the statement cancelled that the session with this key is at.
     *
     * @param then runs, now or later, when all has been done that can be done here
     */
    public void asked(CancelKey key, ClientAddress from, Runnable then) {
        var fate = fate(key, from, then);
        metrics.cancelAsked(fate.name().toLowerCase(Locale.ROOT));
        if (fate != Fate.OBEYED) {
            then.run();
        }
    }

    private Fate fate(CancelKey key, ClientAddress from, Runnable then) {
        return switch (keys.read(key)) {
            case Destination.Here(CancelKey own, boolean isFromPeer)
            when isFromPeer -> isObeyed(own, then) ? Fate.OBEYED : Fate.UNKNOWN;
            case Destination destination ->
                misses.owed(from.network()).isPositive() ? Fate.LIMITED : fate(destination, from, then);
        };
    }

    private Fate fate(Destination destination, ClientAddress from, Runnable then) {
        return switch (destination) {
            case Destination.Here(CancelKey own, boolean _) ->
                isObeyed(own, then) ? Fate.OBEYED : forwarded(keys.elsewhere(own), from);
            case Destination.Elsewhere elsewhere -> forwarded(elsewhere, from);
            case Destination.Nowhere _ -> {
                misses.charge(from.network());
                yield Fate.UNKNOWN;
            }
        };
    }

    private Fate forwarded(Destination.Elsewhere request, ClientAddress from) {
        misses.charge(from.network());
        peers.forward(request, from);
        return Fate.FORWARDED;
    }

    private boolean isObeyed(CancelKey key, Runnable then) {
        var holder = holders.get(key.processId());
        if (holder == null || !holder.key().equals(key)) {
            return false;
        }
        holder.session().cancel(then);
        return true;
    }
}
