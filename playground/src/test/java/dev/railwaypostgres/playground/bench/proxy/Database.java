package dev.railwaypostgres.playground.bench.proxy;

import dev.railwaypostgres.proxy.route.PoolPolicy.Mode;
import java.util.Arrays;
import java.util.List;

/**
 * The databases, all of them in one Postgres, by how their server connections are shared. Both poolers share them alike.
 *
 * @param servers server connections at most
 */
record Database(String name, Mode mode, int servers) {
    /** What is usual. */
    static final Database SHARED = new Database("shared", Mode.TRANSACTION, 20);

    /** Enough for everybody who comes. */
    static final Database OWNED = new Database("owned", Mode.SESSION, 300);

    static final List<Database> CROWDED = List.of(crowded(20), crowded(50), crowded(100));

    static List<Database> all() {
        return Arrays.asList(SHARED, OWNED, CROWDED.get(0), CROWDED.get(1), CROWDED.get(2));
    }

    private static Database crowded(int servers) {
        return new Database("crowded" + servers, Mode.TRANSACTION, servers);
    }
}
