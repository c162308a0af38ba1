package dev.railwaypostgres.railway.graphql;

import dev.railwaypostgres.railway.model.Deployment;

/** What a watch hears. */
sealed interface News {
    /** From now on, Railway tells of changes. */
    record Subscribed() implements News {}

    record Changed(Deployment deployment) implements News {}

    /** Railway tells no more. */
    record Lost(String why) implements News {}

    /** Nobody wants to know any more. */
    record Closed() implements News {}
}
