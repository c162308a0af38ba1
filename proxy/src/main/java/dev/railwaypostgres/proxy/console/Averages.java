package dev.railwaypostgres.proxy.console;

import dev.railwaypostgres.proxy.manage.Totals;
import dev.railwaypostgres.proxy.route.DatabaseRef;
import dev.railwaypostgres.proxy.session.Database;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * What was counted one to two minutes ago, so that one can tell what came since: PgBouncer's averages are over its {@code
 * stats_period} likewise. Confined to its event loop.
 */
final class Averages {
    private static final long PERIOD = Duration.ofSeconds(60).toNanos();

    private final LongSupplier clock;
    private Map<DatabaseRef, Totals> older = Map.of();
    private Map<DatabaseRef, Totals> newer = Map.of();
    private long olderSince;
    private long newerSince;

    /** @param clock in nanoseconds, as {@link System#nanoTime} */
    Averages(LongSupplier clock) {
        this.clock = clock;
        this.olderSince = clock.getAsLong();
        this.newerSince = olderSince;
    }

    /** Called every second or so. */
    void sweep(Collection<Database> databases) {
        long now = clock.getAsLong();
        if (now - newerSince < PERIOD) {
            return;
        }
        older = newer;
        olderSince = newerSince;
        newer = new HashMap<>();
        newerSince = now;
        databases.forEach(database -> newer.put(database.route().database(), database.totals()));
    }

    Totals change(Database database) {
        var before = older.getOrDefault(database.route().database(), Totals.NOTHING);
        return database.totals().since(before);
    }

    /** Nanoseconds in which that change came. */
    long time() {
        return clock.getAsLong() - olderSince;
    }
}
