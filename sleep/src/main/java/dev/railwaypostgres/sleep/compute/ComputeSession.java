package dev.railwaypostgres.sleep.compute;

import dev.railwaypostgres.postgres.Lsn;
import java.time.Duration;

/**
 * One login to a compute. Calls block, one at a time, and throw {@link ComputeException}; after one that has thrown, the
 * session is only good for closing.
 */
public interface ComputeSession extends AutoCloseable {
    ComputeIdentity identity();

    /** All client backends but our own: those of this role that name themselves as this session does. */
    ActivitySnapshot activity();

    /** Who may log in, our own role too, and what Postgres tells them then. */
    RolesSnapshot roles();

    RunningParameters parameters();

    /**
     * Offers the user's parameters to the compute, all of them, in place of those in force. If all are as they should be,
     * they come into force at once, apart from those that take a start; otherwise those before stay. {@link #parameters}
     * tells what became of it.
     */
    void offerParameters(String text);

    /**
     * {@code CHECKPOINT}, so that the next start has nothing to recover; then a logical message, so that there is a
     * commit to recover to; then the flush position. May take minutes: at most two.
     */
    Lsn checkpoint();

    /**
     * Begins Postgres' smart shutdown: logins are refused from now on, sessions go on until they end by themselves, this
     * one too. There is no way back. Returns when the postmaster has been told; telling it twice is harmless.
     */
    void fence();

    /**
     * Ends client backends that have been idle outside of a transaction for so long at this very moment; touches no
     * others.
     */
    void terminateIdle(Duration atLeast);

    /** Ends the session, which never throws. Closing twice is harmless. */
    @Override
    void close();
}
