package dev.railwaypostgres.playground.bench.proxy;

import dev.railwaypostgres.playground.bench.Lines;
import dev.railwaypostgres.playground.run.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * {@code ./run bench proxy}: measures the proxy beside PgBouncer and prints what was measured beside what must be reached.
 * Ends with status 0 when everything could be measured, whatever the figures.
 */
public final class ProxyBench {
    private static final Set<String> WORDS = Set.of("quick", "session");

    private ProxyBench() {}

    /** The words {@code quick} and {@code session}: less of everything; and server connections that are not shared. */
    public static void main(String[] arguments) {
        var words = List.of(arguments);
        if (!WORDS.containsAll(words)) {
            System.err.println("Known words are "
                    + String.join(" and ", WORDS.stream().sorted().toList()));
            System.exit(2);
        }
        try {
            measure(
                    words.contains("quick") ? Effort.QUICK : Effort.FULL,
                    words.contains("session") ? Database.OWNED : Database.SHARED);
            System.exit(0);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            System.exit(1);
        } catch (Exception e) {
            System.err.println("\nCould not measure: " + e);
            System.exit(1);
        }
    }

    private static void measure(Effort effort, Database database) throws Exception {
        var progress = new Progress(System.out);
        try (var ground = Ground.make(progress)) {
            progress.say("Against " + ground.versions());
            for (var suite : suites(ground, effort, database)) {
                progress.say("Measuring: " + suite.title());
                System.out.println(table(suite));
            }
        }
    }

    private static List<Suite> suites(Ground ground, Effort effort, Database database) {
        var suites = new ArrayList<Suite>();
        suites.add(new Transactions(ground, effort, database));
        if (effort.isWhole()) {
            suites.add(new Transports(ground, effort, database));
        }
        suites.add(new Logins(ground, effort));
        suites.add(new SleepingCrowd(ground, effort));
        suites.add(new BigData(ground, effort, database));
        suites.add(new IdleClients(ground, effort));
        if (effort.isWhole()) {
            suites.add(new Bystanding(ground, effort, database));
        }
        suites.add(new Beginnings(ground, effort));
        return suites;
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
