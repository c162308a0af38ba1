package dev.railwaypostgres.proxy.session;

import dev.railwaypostgres.proxy.park.Pin;
import dev.railwaypostgres.proxy.pool.Profile;
import dev.railwaypostgres.proxy.relay.SocketView;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A client's session as people see it.
 *
 * @param session tells it from others
 * @param server connection that it has; null: none
 * @param number by which it can be ended
 * @param address of the client
 * @param idleFor nanoseconds since it was heard last
 * @param waited nanoseconds for a server connection so far
 * @param pin what ties it to its server connection; null: nothing
 */
public record SessionView(
        Object session,
        @Nullable Object server,
        int number,
        Profile profile,
        String applicationName,
        String address,
        SocketView socket,
        Standing standing,
        Instant since,
        long idleFor,
        long waited,
        @Nullable Pin pin,
        int preparedStatements) {}
