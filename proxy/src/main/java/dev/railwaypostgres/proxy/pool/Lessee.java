package dev.railwaypostgres.proxy.pool;

import dev.railwaypostgres.proxy.failure.ProxyFailure;
import dev.railwaypostgres.proxy.operator.Visitor;

/** Somebody who needs a server connection, waits for one, or has one. Called by the pool, never before its own call returns. */
public interface Lessee {
    /** Asked anew for each attempt. */
    LoginRequest login();

    Visitor visitor();

    /** The wait is for a wake. Called once a wait. */
    void databaseSleeps();

    /** Something to tell whoever waits. */
    void notice(String text);

    void leased(ServerConnection connection);

    void refused(ProxyFailure failure);

    /** Others wait for a server connection: give yours back as soon as nothing hangs on it. */
    void giveBack();
}
