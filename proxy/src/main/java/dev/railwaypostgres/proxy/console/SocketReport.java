package dev.railwaypostgres.proxy.console;

import dev.railwaypostgres.proxy.pool.ServerView;
import dev.railwaypostgres.proxy.relay.SocketView;
import dev.railwaypostgres.proxy.session.Database;
import dev.railwaypostgres.proxy.session.SessionView;
import dev.railwaypostgres.proxy.session.Sessions;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Clients' and servers' sockets, one a row. */
final class SocketReport {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

    /** Where PgBouncer tells of its buffers. */
    private static final List<@Nullable Object> BUFFERS = Collections.nCopies(7, null);

    private final Sessions sessions;

    SocketReport(Sessions sessions) {
        this.sessions = sessions;
    }

    void clients(Sheet sheet) {
        for (var database : sessions.databases()) {
            for (var client : database.views()) {
                var row = row(database, client, "");
                row.add(client.server() == null ? 1 : 0);
                row.add(client.pin() == null ? null : client.pin().text());
                sheet.row(row);
            }
        }
    }

    void servers(Sheet sheet) {
        for (var database : sessions.databases()) {
            database.pool().servers().forEach(server -> sheet.row(row(database, server, "")));
        }
    }

    /** @param areBusy only those with something going on */
    void all(Sheet sheet, boolean areBusy) {
        for (var database : sessions.databases()) {
            for (var client : database.views()) {
                boolean isBusy = client.standing().isWorking();
                withBuffers(sheet, row(database, client, "cl_"), isBusy || !areBusy);
            }
            for (var server : database.pool().servers()) {
                boolean isBusy = server.state() != ServerView.State.IDLE;
                withBuffers(sheet, row(database, server, "sv_"), isBusy || !areBusy);
            }
        }
    }

    private static void withBuffers(Sheet sheet, List<@Nullable Object> row, boolean isShown) {
        if (isShown) {
            row.addAll(BUFFERS);
            sheet.row(row);
        }
    }

    private static List<@Nullable Object> row(Database database, SessionView client, String before) {
        var state =
                switch (client.standing()) {
                    case ACTIVE, IN_TRANSACTION -> "active";
                    case PINNED, PARKED -> "idle";
                    case WAITING, WAKING -> "waiting";
                };
        int colon = client.address().lastIndexOf(':');
        long waited = TimeUnit.NANOSECONDS.toMicros(client.waited());
        var row = new ArrayList<@Nullable Object>();
        Collections.addAll(
                row,
                "C",
                client.profile().role(),
                database.route().endpoint(),
                "none",
                before + state,
                client.address().substring(0, colon).replaceAll("[\\[\\]]", ""),
                client.address().substring(colon + 1),
                host(client.socket().local()),
                port(client.socket().local()),
                TIME.format(client.since()),
                TIME.format(Instant.now().minusNanos(client.idleFor())),
                waited / TimeUnit.SECONDS.toMicros(1),
                waited % TimeUnit.SECONDS.toMicros(1),
                0,
                name(client.session()),
                name(client.server()),
                0,
                client.socket().tls(),
                client.applicationName(),
                client.preparedStatements(),
                client.number());
        return row;
    }

    private static List<@Nullable Object> row(Database database, ServerView server, String before) {
        var row = new ArrayList<@Nullable Object>();
        SocketView socket = server.socket();
        Collections.addAll(
                row,
                "S",
                server.profile().role(),
                database.route().endpoint(),
                "none",
                before + server.state().name().toLowerCase(Locale.ROOT),
                host(socket.remote()),
                port(socket.remote()),
                host(socket.local()),
                port(socket.local()),
                TIME.format(Instant.now().minusNanos(System.nanoTime() - server.since())),
                null,
                0,
                0,
                server.isOutdated() ? 1 : 0,
                name(server.connection()),
                name(server.lessee()),
                server.processId(),
                socket.tls(),
                "",
                server.preparedStatements(),
                server.processId());
        return row;
    }

    private static String name(@Nullable Object object) {
        return object == null ? "" : "0x" + Integer.toHexString(System.identityHashCode(object));
    }

    private static @Nullable String host(@Nullable InetSocketAddress address) {
        return address == null ? null : address.getAddress().getHostAddress();
    }

    private static @Nullable Integer port(@Nullable InetSocketAddress address) {
        return address == null ? null : address.getPort();
    }
}
