package dev.railwaypostgres.proxy.operator;

import dev.railwaypostgres.proxy.route.DatabaseRef;
import java.util.concurrent.CompletionStage;

/** The operator, as the proxy needs it. Every stage may complete on any thread, and fails with an {@link OperatorException}. */
public interface OperatorApi {
    /** Asks for the database to be awake. Done when the request is remembered, not when the database is awake. */
    CompletionStage<Void> wake(DatabaseRef database, Visitor visitor);

    /** Asks for the database to stay awake, because a session holds what cannot be made again. */
    CompletionStage<Void> hold(DatabaseRef database, Visitor visitor, String reason);

    /** Who may log in, and what the server says of itself. */
    CompletionStage<RoleSnapshot> roles(DatabaseRef database);
}
