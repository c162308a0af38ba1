package dev.railwaypostgres.proxy.pool;

import dev.railwaypostgres.proxy.failure.ProxyFailure;

/** How an attempt to get a server connection ended. */
public sealed interface DialOutcome {
    record Connected(LoggedIn login) implements DialOutcome {}

    /** Nobody is there, or only somebody who is about to start or to stop. */
    record Asleep(String why) implements DialOutcome {}

    /** The server has no free connection at the moment. */
    record Full() implements DialOutcome {}

    /** The server is awake, and trying again would not help. */
    record Refused(ProxyFailure failure) implements DialOutcome {}
}
