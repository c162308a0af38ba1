package dev.railwaypostgres.proxy.console;

import dev.railwaypostgres.proxy.manage.Count;
import dev.railwaypostgres.proxy.pool.ServerView;
import dev.railwaypostgres.proxy.route.PoolPolicy;
import dev.railwaypostgres.proxy.route.Route.Readiness;
import dev.railwaypostgres.proxy.session.Database;
import dev.railwaypostgres.proxy.session.SessionView;
import dev.railwaypostgres.proxy.session.Sessions;
import dev.railwaypostgres.proxy.session.Standing;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Pools, databases and users. PgBouncer has a pool for each database and user; ours are for all users of a database, and are
 * shown as if they were like that.
 */
final class PoolReport {
    private final Sessions sessions;
    private final Console console;

    PoolReport(Sessions sessions, Console console) {
        this.sessions = sessions;
        this.console = console;
    }

    /** What one database has at the moment. */
    private record Glance(Database database, List<SessionView> clients, List<ServerView> servers) {
        static Glance at(Database database) {
            return new Glance(database, database.views(), database.pool().servers());
        }

        Set<String> roles() {
            return Stream.concat(
                            clients.stream().map(client -> client.profile().role()),
                            servers.stream().map(server -> server.profile().role()))
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        Glance of(String role) {
            return new Glance(
                    database,
                    clients.stream()
                            .filter(client -> client.profile().role().equals(role))
                            .toList(),
                    servers.stream()
                            .filter(server -> server.profile().role().equals(role))
                            .toList());
        }

        long clients(Predicate<Standing> standing) {
            return clients.stream()
                    .filter(client -> standing.test(client.standing()))
                    .count();
        }

        long servers(ServerView.State state) {
            return servers.stream().filter(server -> server.state() == state).count();
        }

        long dialing(String role) {
            return database.pool().dialing().stream()
                    .filter(profile -> profile.role().equals(role))
                    .count();
        }

        /** Microseconds. */
        long longestWait() {
            return TimeUnit.NANOSECONDS.toMicros(
                    clients.stream().mapToLong(SessionView::waited).max().orElse(0));
        }

        int cancels() {
            return servers.stream().mapToInt(ServerView::cancelRequests).sum();
        }
    }

    private Stream<Glance> glances() {
        return sessions.databases().stream().map(Glance::at);
    }

    void pools(Sheet sheet) {
        glances().forEach(glance -> glance.roles().forEach(role -> pool(sheet, glance.of(role), role)));
        int here = console.open().size();
        sheet.row(
                Console.DATABASE,
                Console.DATABASE,
                here,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                "statement",
                null,
                0,
                0,
                "awake");
    }

    private static void pool(Sheet sheet, Glance glance, String role) {
        long waiting = glance.clients(Standing::isWaiting);
        long micros = glance.longestWait();
        sheet.row(
                glance.database().route().endpoint(),
                role,
                glance.clients().size() - waiting,
                waiting,
                glance.cancels(),
                0,
                glance.servers(ServerView.State.ACTIVE),
                glance.cancels(),
                glance.servers(ServerView.State.BEING_CANCELED),
                glance.servers(ServerView.State.IDLE),
                0,
                glance.servers(ServerView.State.TESTED),
                glance.dialing(role),
                TimeUnit.MICROSECONDS.toSeconds(micros),
                micros % TimeUnit.SECONDS.toMicros(1),
                mode(glance.database().route().pooling().modeOf(role)),
                null,
                glance.clients(Standing.PARKED::equals),
                glance.clients(Standing.PINNED::equals),
                state(glance.database()));
    }

    void databases(Sheet sheet) {
        glances().forEach(glance -> database(sheet, glance));
        sheet.row(
                Console.DATABASE,
                null,
                0,
                Console.DATABASE,
                Console.DATABASE,
                0,
                0,
                0,
                0,
                "statement",
                null,
                0,
                0,
                0,
                console.open().size(),
                0,
                0,
                "awake",
                0);
    }

    private static void database(Sheet sheet, Glance glance) {
        var route = glance.database().route();
        var policy = route.pooling();
        var address = route.address();
        sheet.row(
                route.endpoint(),
                address == null ? null : address.host(),
                address == null ? 0 : address.port(),
                route.databaseName(),
                null,
                policy.size().servers(),
                0,
                policy.size().reserve(),
                policy.patience().serverLifetime().toSeconds(),
                mode(policy.mode()),
                null,
                policy.size().withReserve(),
                glance.servers().size(),
                policy.size().clients(),
                glance.clients().size(),
                glance.database().isPaused() ? 1 : 0,
                glance.database().isDisabled() ? 1 : 0,
                state(glance.database()),
                glance.database().totals().of(Count.WAKES));
    }

    /** Roles of one name in several databases are one user, as in PgBouncer; limits that differ are not shown. */
    void users(Sheet sheet) {
        var glances = glances().toList();
        var names = new TreeSet<>(console.users());
        glances.forEach(glance -> names.addAll(glance.roles()));
        glances.forEach(glance ->
                names.addAll(glance.database().route().pooling().roles().keySet()));
        for (var name : names) {
            var own = glances.stream().map(glance -> glance.of(name)).toList();
            sheet.row(
                    name,
                    "",
                    "",
                    null,
                    0,
                    own.stream().mapToInt(glance -> glance.servers().size()).sum(),
                    0,
                    own.stream().mapToInt(glance -> glance.clients().size()).sum());
        }
    }

    /** @param connections from clients in all */
    void lists(Sheet sheet, int connections) {
        var glances = glances().toList();
        int clients =
                glances.stream().mapToInt(glance -> glance.clients().size()).sum()
                        + console.open().size();
        int idle = (int) glances.stream()
                .mapToLong(glance -> glance.servers(ServerView.State.IDLE))
                .sum();
        int servers =
                glances.stream().mapToInt(glance -> glance.servers().size()).sum();
        var users = new TreeSet<>(console.users());
        glances.forEach(glance -> users.addAll(glance.roles()));
        sheet.row("databases", glances.size() + 1);
        sheet.row("users", users.size());
        sheet.row("peers", 0);
        sheet.row(
                "pools",
                glances.stream().mapToInt(glance -> glance.roles().size()).sum() + 1);
        sheet.row("peer_pools", 0);
        sheet.row("free_clients", 0);
        sheet.row("used_clients", clients);
        sheet.row("login_clients", Math.max(0, connections - clients));
        sheet.row("free_servers", idle);
        sheet.row("used_servers", servers - idle);
        Stream.of("dns_names", "dns_zones", "dns_queries", "dns_pending").forEach(name -> sheet.row(name, 0));
    }

    private static String mode(PoolPolicy.Mode mode) {
        return mode.name().toLowerCase(Locale.ROOT);
    }

    private static String state(Database database) {
        if (database.pool().isWaking()) {
            return "waking";
        }
        var readiness = database.route().readiness();
        if (readiness == Readiness.SUSPENDING) {
            return "suspending";
        }
        return database.pool().isAwake() ? "awake" : readiness == Readiness.UNKNOWN ? "unknown" : "asleep";
    }
}
