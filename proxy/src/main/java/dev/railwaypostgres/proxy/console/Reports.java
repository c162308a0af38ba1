package dev.railwaypostgres.proxy.console;

import dev.railwaypostgres.postgres.message.BackendMessage;
import dev.railwaypostgres.proxy.manage.Count;
import dev.railwaypostgres.proxy.manage.Totals;
import dev.railwaypostgres.proxy.session.Database;
import dev.railwaypostgres.proxy.session.Sessions;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers {@code SHOW}: what is true at this moment, of this process. On the sessions' event loop. */
final class Reports {
    static final String HELP = """

            \tSHOW HELP|CONFIG|DATABASES|POOLS|CLIENTS|SERVERS|USERS|VERSION
            \tSHOW PEERS|PEER_POOLS
            \tSHOW SOCKETS|ACTIVE_SOCKETS|LISTS|MEM|STATE
            \tSHOW DNS_HOSTS|DNS_ZONES
            \tSHOW STATS|STATS_TOTALS|STATS_AVERAGES|TOTALS
            \tRELOAD
            \tPAUSE [<db>]
            \tRESUME [<db>]
            \tDISABLE <db>
            \tENABLE <db>
            \tRECONNECT [<db>]
            \tKILL [<db>]
            \tKILL_CLIENT <client_id>
            \tWAIT_CLOSE [<db>]
            \tSHUTDOWN
            \tSHUTDOWN WAIT_FOR_SERVERS|WAIT_FOR_CLIENTS""";

    private final Sessions sessions;
    private final Averages averages;
    private final Ports ports;
    private final PoolReport pools;
    private final SocketReport sockets;

    Reports(Sessions sessions, Averages averages, Ports ports, Console console) {
        this.sessions = sessions;
        this.averages = averages;
        this.ports = ports;
        this.pools = new PoolReport(sessions, console);
        this.sockets = new SocketReport(sessions);
    }

    List<BackendMessage> messages(Topic topic, Sheet.Formats formats) {
        var sheet = new Sheet(topic.columns);
        switch (topic) {
            case POOLS -> pools.pools(sheet);
            case DATABASES -> pools.databases(sheet);
            case USERS -> pools.users(sheet);
            case LISTS -> pools.lists(sheet, ports.clients().getAsInt());
            case CLIENTS -> sockets.clients(sheet);
            case SERVERS -> sockets.servers(sheet);
            case SOCKETS -> sockets.all(sheet, false);
            case ACTIVE_SOCKETS -> sockets.all(sheet, true);
            case STATS, STATS_TOTALS, STATS_AVERAGES ->
                sessions.databases().forEach(database -> sheet.row(stats(topic, database)));
            case TOTALS -> totals(sheet);
            case CONFIG -> ports.config().forEach(line -> sheet.row(line.key(), line.value(), line.usual(), "no"));
            case MEM -> memory(sheet);
            case STATE -> state(sheet);
            case VERSION -> sheet.row(OrderReader.VERSION);
            case PEERS, PEER_POOLS, DNS_HOSTS, DNS_ZONES, HELP -> {
                // Replicas need not know each other, and names are looked up anew for each connection.
            }
        }
        return sheet.messages(formats);
    }

    private List<@Nullable Object> stats(Topic topic, Database database) {
        var totals = database.totals();
        var row = new ArrayList<@Nullable Object>();
        row.add(database.route().endpoint());
        if (topic != Topic.STATS_AVERAGES) {
            row.addAll(Figures.totals(totals));
        }
        if (topic != Topic.STATS_TOTALS) {
            row.addAll(Figures.averages(averages.change(database), averages.time()));
        }
        if (topic != Topic.STATS_AVERAGES) {
            row.add(totals.of(Count.WAKES));
        }
        return row;
    }

    private void totals(Sheet sheet) {
        var all = sessions.databases().stream().map(Database::totals).reduce(Totals.NOTHING, Totals::plus);
        var change = sessions.databases().stream().map(averages::change).reduce(Totals.NOTHING, Totals::plus);
        Figures.ALL.forEach(figure -> sheet.row("total_" + figure.inTotals(), figure.totalOf(all)));
        Figures.ALL.forEach(figure -> sheet.row("avg_" + figure.inTotals(), figure.averageOf(change, averages.time())));
    }

    private void state(Sheet sheet) {
        sheet.row("active", sessions.isPaused() ? "no" : "yes");
        sheet.row("paused", sessions.isPaused() ? "yes" : "no");
        sheet.row("suspended", "no");
    }

    /** In kilobytes, since a 32-bit number holds no more. */
    private static void memory(Sheet sheet) {
        var heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        sheet.row(
                "java_heap_kb",
                1024,
                kilo(heap.getUsed()),
                kilo(heap.getCommitted() - heap.getUsed()),
                kilo(heap.getCommitted()));
        for (var buffers : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            long unused = Math.max(0, buffers.getTotalCapacity() - buffers.getMemoryUsed());
            sheet.row(
                    "java_" + buffers.getName().replaceAll("\\W+", "_") + "_kb",
                    1024,
                    kilo(buffers.getMemoryUsed()),
                    kilo(unused),
                    kilo(buffers.getTotalCapacity()));
        }
    }

    private static long kilo(long bytes) {
        return bytes / 1024;
    }
}
