package dev.railwaypostgres.playground.bench;

import dev.railwaypostgres.playground.run.Progress;
import dev.railwaypostgres.playground.run.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What happens at the door of a sleeping database: logins, wrong passwords, port scans, and a crowd that waits for its wake. */
record LoginMeasurement(Stage stage, RailwayApi railway, Progress progress) {
    private static final int CROWD = 100;
    private static final int WARM_UP = 50;
    private static final int LOGINS = 300;
    private static final int ATTACKS = 50;

    List<Figure> run() throws SQLException, InterruptedException {
        try (var subject = Subject.create(stage, "door")) {
            var clients = new Clients(stage, subject.name());
            subject.awaitSleep();
            var before = railway.starts();
            logIn(clients, WARM_UP);
            var logins = logIn(clients, LOGINS);
            progress.say("Logins while asleep, " + logins.text());
            attack(clients);
            var wakesAtTheDoor = railway.starts() - before;
            return List.of(
                    new Figure("login while asleep, p95", logins.p95(), 50, "ms"),
                    new Figure("wakes by logins, wrong passwords and scans", wakesAtTheDoor, 0, ""),
                    crowd(clients),
                    new Figure("starts for those clients", railway.starts() - before, 1, ""));
        }
    }

    private Figure crowd(Clients clients) throws SQLException, InterruptedException {
        try (var crowd = Crowd.logIn(clients, CROWD)) {
            var from = System.nanoTime();
            var answered = crowd.askAll();
            progress.say(String.format(
                    Locale.ROOT,
                    "%d of %d waiting clients answered within %.1f s",
                    answered,
                    CROWD,
                    (System.nanoTime() - from) / 1e9));
            return new Figure("of 100 clients waiting for one wake, not answered", CROWD - answered, 0, "");
        }
    }

    private static Samples logIn(Clients clients, int times) throws SQLException {
        var durations = new ArrayList<Duration>();
        for (var login = 0; login < times; login++) {
            var from = System.nanoTime();
            try (var _ = clients.connect()) {
                durations.add(Duration.ofNanos(System.nanoTime() - from));
            }
        }
        return new Samples(durations);
    }

    private void attack(Clients clients) {
        var port = Integer.parseInt(stage.playground().proxy().setting("LISTEN_PORT"));
        for (var attempt = 0; attempt < ATTACKS; attempt++) {
            try (var _ = clients.connectWithPassword("wrong-" + attempt)) {
                throw new IllegalStateException("A wrong password was accepted");
            } catch (SQLException refused) {
                scan(port, refused.getSQLState());
            }
        }
    }

    /** Connects and says nothing a Postgres client would say. */
    private static void scan(int port, String garbage) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(("GET /" + garbage + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException("The proxy's port does not accept connections", e);
        }
    }
}
