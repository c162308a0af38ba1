package dev.railwaypostgres.playground.simulator.railway;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Relay's pages. A cursor is the number of nodes up to and including its own. */
final class Connections {
    /** What one gets who does not say how many; small on purpose, since the real default is nowhere documented. */
    private static final int DEFAULT_PAGE = 10;

    private Connections() {}

    static Map<String, @Nullable Object> page(
            List<? extends Map<String, @Nullable Object>> nodes, Arguments arguments) {
        var start = arguments.optionalText("after").map(Integer::parseInt).orElse(0);
        var end = Math.min(nodes.size(), start + arguments.number("first").orElse(DEFAULT_PAGE));
        var edges = IntStream.range(Math.min(start, end), end)
                .mapToObj(i -> Map.of("cursor", String.valueOf(i + 1), "node", nodes.get(i)))
                .toList();
        var pageInfo = new HashMap<String, @Nullable Object>();
        pageInfo.put("hasNextPage", end < nodes.size());
        pageInfo.put("hasPreviousPage", start > 0);
        pageInfo.put("startCursor", edges.isEmpty() ? null : String.valueOf(start + 1));
        pageInfo.put("endCursor", edges.isEmpty() ? null : String.valueOf(end));
        var connection = new HashMap<String, @Nullable Object>();
        connection.put("edges", edges);
        connection.put("pageInfo", pageInfo);
        return connection;
    }
}
