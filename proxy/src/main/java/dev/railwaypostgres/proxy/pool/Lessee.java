package dev.railwaypostgres.proxy.pool;

import dev.railwaypostgres.proxy.failure.ProxyFailure;
import dev.railwaypostgres.proxy.operator.Visitor;
import dev.railwaypostgres.proxy.park.Settings;
import java.util.List;

/** Somebody who needs a server connection, waits for one, or has one. */
public interface Lessee {
    Profile profile();

    /** Asked anew for each attempt. */
    LoginRequest login();

    /** What must be set on the server connection. */
    Settings settings();

    /** What must run on each new server connection besides: a session that listens goes on listening. */
    List<String> firstStatements();

    /** Who hears what the server says once the connection is lent. */
    Traffic traffic();

    Visitor visitor();

    /** It will need nothing any more. */
    boolean isGone();

    /** The wait is for a wake. Called once a wait. */
    void databaseSleeps();

    /** Something to tell whoever waits. */
    void notice(String text);

    /** Within the call of {@link ServerPool#request} if there is a connection at hand. */
    void leased(ServerConnection connection);

    void refused(ProxyFailure failure);

    /** Others wait for a server connection: give yours back as soon as nothing hangs on it. */
    void giveBack();
}
