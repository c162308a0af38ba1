package dev.railwaypostgres.proxy.standalone;

import dev.railwaypostgres.proxy.operator.RoleSnapshot;
import dev.railwaypostgres.sleep.compute.ComputeIdentity;
import dev.railwaypostgres.sleep.compute.ComputeSession;
import dev.railwaypostgres.sleep.compute.RolesSnapshot;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who may log in to one database: as it was seen last, by this process or by one before it. */
final class RoleKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(RoleKeeper.class);

    private final String database;
    private final RoleStore store;
    private final CompletableFuture<RoleSnapshot> first = new CompletableFuture<>();
    private final Runnable onChange;
    private volatile @Nullable KeptRoles kept;
    private volatile int changes;

    RoleKeeper(String database, RoleStore store, Runnable onChange) {
        this.database = database;
        this.store = store;
        this.onChange = onChange;
        store.load(database).ifPresent(this::know);
    }

    Optional<RoleSnapshot> known() {
        return Optional.ofNullable(kept).map(KeptRoles::snapshot);
    }

    /** Another one whenever they have changed. */
    String version() {
        return Integer.toString(changes);
    }

    /** Completes when they are known for the first time. */
    CompletableFuture<RoleSnapshot> first() {
        return first.copy();
    }

    /** Keeps them as they are now. */
    KeptRoles look(ComputeSession session) {
        return keep(session.identity(), session.roles());
    }

    /** What cannot be stored counts all the same, for as long as this process lives. */
    synchronized KeptRoles keep(ComputeIdentity identity, RolesSnapshot seen) {
        var now = KeptRoles.of(identity, seen);
        var before = kept;
        if (now.equals(before)) {
            return now;
        }
        if (before != null && !before.systemIdentifier().equals(now.systemIdentifier())) {
            LOG.atWarn()
                    .addKeyValue("database", database)
                    .log("other data answers than before: was the volume replaced, or the address given to another?");
        }
        know(now);
        onChange.run();
        try {
            store.save(database, now);
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("database", database)
                    .addKeyValue("cause", e.toString())
                    .log("roles cannot be kept: after a restart, the first login wakes the database");
        }
        return now;
    }

    private synchronized void know(KeptRoles now) {
        kept = now;
        changes = changes + 1;
        first.complete(now.snapshot());
    }
}
