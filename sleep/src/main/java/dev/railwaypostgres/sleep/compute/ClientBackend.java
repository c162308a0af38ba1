package dev.railwaypostgres.sleep.compute;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One row of {@code pg_stat_activity} with the type {@code client backend}.
 *
 * @param application {@code application_name}, possibly empty
 * @param stateChange since when it is in that state; the start of the backend while it has none yet
 * @param transactionStart absent outside of a transaction
 * @param address the client's, absent for one within the container, which comes by a Unix socket
 */
public record ClientBackend(
        int pid,
        String role,
        String application,
        State state,
        Instant stateChange,
        @Nullable Instant transactionStart,
        @Nullable String address) {

    /** What a backend is doing. */
    public enum State {
        /** Logging in: {@code pg_stat_activity} has no state for it yet. */
        STARTING,
        /** Running a statement, or a function by the fast path. */
        ACTIVE,
        IDLE,
        IN_TRANSACTION,
        IN_FAILED_TRANSACTION,
        /** Copying the data files beside Postgres, which sees it idle meanwhile. Its end is the backup's. */
        BACKING_UP
    }

    public boolean isIdle() {
        return state == State.IDLE;
    }
}
