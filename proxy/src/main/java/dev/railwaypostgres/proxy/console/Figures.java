package dev.railwaypostgres.proxy.console;

import dev.railwaypostgres.proxy.manage.Count;
import dev.railwaypostgres.proxy.manage.Totals;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What {@code SHOW STATS} and its relatives make of what was counted.
 *
 * @param count what it is
 * @param total its column among totals beside averages
 * @param average its column there
 * @param alone its column where there is nothing else
 * @param averageAlone its column where there are averages alone
 * @param inTotals its row of {@code SHOW TOTALS}, without what stands before it
 * @param perCount the average is one of each of these; null: of each second
 */
record Figures(
        Count count,
        String total,
        String average,
        String alone,
        String averageAlone,
        String inTotals,
        @Nullable Count perCount) {
    private static final long NANOS_PER_MICRO = 1_000;
    private static final double NANOS_PER_SECOND = 1e9;

    /** Which of them a table has. */
    enum Shape {
        BOTH,
        TOTALS,
        AVERAGES
    }

    static final List<Figures> ALL = List.of(
            plain(Count.LEASES, "server_assignment_count", null),
            plain(Count.TRANSACTIONS, "xact_count", null),
            plain(Count.QUERIES, "query_count", null),
            bytes(Count.RECEIVED, "received", "recv", "client_bytes"),
            bytes(Count.SENT, "sent", "sent", "server_bytes"),
            plain(Count.TRANSACTION_TIME, "xact_time", Count.TRANSACTIONS),
            plain(Count.QUERY_TIME, "query_time", Count.QUERIES),
            plain(Count.WAIT_TIME, "wait_time", Count.LEASES),
            statements(Count.CLIENT_PARSES, "client_parse_count"),
            statements(Count.SERVER_PARSES, "server_parse_count"),
            statements(Count.BINDS, "bind_count"));

    private static Figures plain(Count count, String name, @Nullable Count perCount) {
        return new Figures(count, "total_" + name, "avg_" + name, name, name, name, perCount);
    }

    private static Figures bytes(Count count, String name, String shortName, String inTotals) {
        return new Figures(
                count, "total_" + name, "avg_" + shortName, "bytes_" + name, "bytes_" + name, inTotals, null);
    }

    private static Figures statements(Count count, String name) {
        return new Figures(count, "total_" + name, "avg_" + name, name, "avg_" + name, "ps_" + name, null);
    }

    static Columns columns(Shape shape) {
        var columns = Columns.NONE.text("database");
        for (var figure : ALL) {
            columns = switch (shape) {
                case BOTH -> columns.numeric(figure.total);
                case TOTALS -> columns.numeric(figure.alone);
                case AVERAGES -> columns.numeric(figure.averageAlone);
            };
        }
        return shape == Shape.BOTH
                ? columns.numeric(ALL.stream().map(Figures::average).toArray(String[]::new))
                : columns;
    }

    static List<@Nullable Object> totals(Totals totals) {
        return values(figure -> figure.totalOf(totals));
    }

    /**
     * @param change what came within the time
     * @param nanos of that time
     */
    static List<@Nullable Object> averages(Totals change, long nanos) {
        return values(figure -> figure.averageOf(change, nanos));
    }

    private static List<@Nullable Object> values(ToLongFunction<Figures> value) {
        var values = new ArrayList<@Nullable Object>();
        ALL.forEach(figure -> values.add(value.applyAsLong(figure)));
        return values;
    }

    long totalOf(Totals totals) {
        long value = totals.of(count);
        return isTime() ? value / NANOS_PER_MICRO : value;
    }

    long averageOf(Totals change, long nanos) {
        if (perCount != null) {
            return totalOf(change) / Math.max(1, change.of(perCount));
        }
        return nanos <= 0 ? 0 : (long) (change.of(count) / (nanos / NANOS_PER_SECOND));
    }

    private boolean isTime() {
        return perCount != null;
    }
}
