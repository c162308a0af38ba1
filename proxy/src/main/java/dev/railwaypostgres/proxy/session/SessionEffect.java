package dev.railwaypostgres.proxy.session;

import dev.railwaypostgres.proxy.failure.ProxyFailure;
import dev.railwaypostgres.proxy.park.Pin;

/** What is to be done about an event, in order. */
public sealed interface SessionEffect {
    /** Ask the pool for a server connection. Answered by one of its events, or withdrawn. */
    record RequestServer() implements SessionEffect {}

    /** The request above is void. A server connection may still come of it and is returned then. */
    record WithdrawRequest() implements SessionEffect {}

    /** Send the held work to the server. */
    record SendHeldWork() implements SessionEffect {}

    /** Answer the held work with an error; the session goes on. */
    record FailHeldWork(ProxyFailure failure) implements SessionEffect {}

    /** Answer what was sent, and not answered, with an error; the session goes on. */
    record FailSentWork(ProxyFailure failure) implements SessionEffect {}

    /** Give the server connection back, or what is left of it. */
    record ReturnServer() implements SessionEffect {}

    /** Ask the server to cancel what runs for this session. */
    record CancelOnServer() implements SessionEffect {}

    /** Ask the server whether it holds what the session is suspected to have left there. */
    record CheckServer() implements SessionEffect {}

    /** Tell the operator that the database must stay awake. */
    record KeepAwake(Pin reason) implements SessionEffect {}

    /** Tell the client why, then close its connection. */
    record EndSession(ProxyFailure failure) implements SessionEffect {}

    /** Close the client's connection. */
    record CloseClient() implements SessionEffect {}
}
