package dev.railwaypostgres.playground.bench.proxy;

import dev.railwaypostgres.playground.bench.Lines;
import dev.railwaypostgres.playground.run.Progress;
import dev.railwaypostgres.proxy.server.TransportChoice;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * {@code ./run bench proxy}: measures the proxy beside PgBouncer and prints what was measured beside what must be reached.
 * Ends with status 0 when everything could be measured, whatever the figures.
 */
public final class ProxyBench {
    private static final String QUICK = "quick";
    private static final String SESSION = "session";

    /** What is measured, each by its word on the command line. */
    private enum Piece {
        SIMPLE,
        EXTENDED,
        PREPARED,
        TLS,
        IO_URING,
        EPOLL,
        NIO,
        LOGINS,
        CROWD,
        DATA,
        IDLE,
        PARKED,
        BEGINNINGS;

        /** What tells most. */
        static final Set<Piece> QUICK = EnumSet.of(SIMPLE, PREPARED, TLS, LOGINS, CROWD, DATA, IDLE, BEGINNINGS);

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        Suite suite(Ground ground, Effort effort, Database database) {
            return switch (this) {
                case SIMPLE, EXTENDED, PREPARED -> Transactions.by(word(), ground, effort, database);
                case TLS -> Transactions.encrypted(ground, effort, database);
                case IO_URING, EPOLL, NIO -> new Transports(ground, effort, database, TransportChoice.valueOf(name()));
                case LOGINS -> new Logins(ground, effort);
                case CROWD -> new SleepingCrowd(ground, effort);
                case DATA -> new BigData(ground, effort, database);
                case IDLE -> new IdleClients(ground, effort);
                case PARKED -> new Bystanding(ground, effort, database);
                case BEGINNINGS -> new Beginnings(ground, effort);
            };
        }
    }

    private ProxyBench() {}

    /**
     * Pieces by their words, or none for all; {@code quick}: less of everything; {@code session}: server connections that are
     * not shared.
     */
    public static void main(String[] arguments) {
        var words = List.of(arguments);
        if (!known().containsAll(words)) {
            System.err.println("Known words are " + String.join(", ", known()));
            System.exit(2);
        }
        try {
            measure(words);
            System.exit(0);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            System.exit(1);
        } catch (Exception e) {
            System.err.println("\nCould not measure: " + e);
            System.exit(1);
        }
    }

    private static Set<String> known() {
        var words = new TreeSet<>(Set.of(QUICK, SESSION));
        EnumSet.allOf(Piece.class).forEach(piece -> words.add(piece.word()));
        return words;
    }

    private static void measure(List<String> words) throws Exception {
        var effort = words.contains(QUICK) ? Effort.QUICK : Effort.FULL;
        var database = words.contains(SESSION) ? Database.OWNED : Database.SHARED;
        var progress = new Progress(System.out);
        try (var ground = Ground.make(progress)) {
            progress.say("Against " + ground.versions());
            for (var piece : pieces(words, effort)) {
                var suite = piece.suite(ground, effort, database);
                progress.say("Measuring: " + suite.title());
                System.out.println(table(suite));
            }
        }
    }

    private static Set<Piece> pieces(List<String> words, Effort effort) {
        var named = EnumSet.allOf(Piece.class);
        named.removeIf(piece -> !words.contains(piece.word()));
        var all = effort.isWhole() ? EnumSet.allOf(Piece.class) : Piece.QUICK;
        return named.isEmpty() ? all : named;
    }

    private static String table(Suite suite) throws Exception {
        var bystanders = Bystanders.watch();
        var findings = suite.run();
        var load = bystanders.load();
        var rows = new ArrayList<List<String>>();
        rows.add(Finding.HEADINGS);
        findings.forEach(finding -> rows.add(finding.row(load.isLight())));
        return "%n%s%n%s%n%n%s".formatted(suite.title(), load.text(), new Lines(rows).text());
    }
}
