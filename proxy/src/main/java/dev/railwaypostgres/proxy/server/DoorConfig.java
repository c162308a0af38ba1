package dev.railwaypostgres.proxy.server;

import java.time.Duration;
import java.util.List;

/**
 * Who is let near.
 *
 * @param loginTimeout from connect to the end of the login
 * @param loginsPerAddress how many connections of one address may not have logged in yet
 * @param logins how many in all
 * @param announced connections from there begin with a PROXY header that tells the client's address
 */
public record DoorConfig(Duration loginTimeout, int loginsPerAddress, int logins, List<Cidr> announced) {
    public DoorConfig {
        announced = List.copyOf(announced);
    }
}
