package dev.railwaypostgres.playground.run;

import dev.railwaypostgres.playground.binaries.PostgresTools;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** {@code ./run playground} and {@code ./run status}. */
public final class PlaygroundMain {
    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private PlaygroundMain() {}

    /** Runs until Ctrl-C, or tells what another one runs. */
    public static void main(String[] arguments) throws InterruptedException {
        // Before there are threads: else it says on the screen that it was not ready for them.
        LoggerFactory.getILoggerFactory();
        try {
            var options = Options.parse(List.of(arguments));
            System.exit(options.isStatus() ? status(options) : run(options));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n\n" + Options.USAGE);
            System.exit(MISUSED);
        } catch (RuntimeException e) {
            System.err.println("\nThe playground could not be started.\n" + words(e));
            System.exit(FAILED);
        }
    }

    /** What went wrong, and why, and why that. */
    private static String words(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .map(cause -> Objects.requireNonNullElse(
                        cause.getMessage(), cause.getClass().getSimpleName()))
                .distinct()
                .collect(Collectors.joining("\n  "));
    }

    private static int status(Options options) {
        var report = StatusServer.ask(new Home(options.homeFolder()));
        System.out.println(report.orElse("No playground runs in " + options.homeFolder()));
        return report.isPresent() ? 0 : FAILED;
    }

    private static int run(Options options) throws InterruptedException {
        var progress = new Progress(System.out);
        var config =
                new PlaygroundConfig(options.repository(), options.homeFolder(), options.kubeconfig(), Tempo.LIFELIKE);
        var playground = Playground.start(config, progress);
        var ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(playground, ended), "stop"));
        welcome(playground, progress);
        ended.await();
        return 0;
    }

    private static void stop(Playground playground, CountDownLatch ended) {
        System.out.println("\nStopping.");
        playground.close();
        System.out.println("Stopped. The next start goes on where this one was.");
        if (playground.kubernetes().controlPlane().isEmpty()) {
            System.out.printf(
                    "The chart stays in the cluster; this takes it away: helm --kubeconfig %s -n %s uninstall %s%n",
                    ShellEnvironment.quoted(playground.kubeconfig()), Installation.NAMESPACE, Installation.RELEASE);
        }
        ended.countDown();
    }

    private static String psql(Progress progress) {
        return PostgresTools.standard(progress::say).psql().toString();
    }

    private static void welcome(Playground playground, Progress progress) {
        var binaries = playground.kubernetes().binaries();
        new ShellEnvironment(playground.home(), playground.kubeconfig())
                .write(Map.of("kubectl", binaries.kubectl(), "helm", binaries.helm(), "psql", psql(progress)));
        progress.say("Everything is ready");
        System.out.printf(
                Locale.ROOT,
                """

                KUBECONFIG is %s
                In another terminal:

                  . %s
                  kubectl apply -f examples/database.yaml
                  kubectl wait --for=condition=Ready sdb/orders
                  psql "$(kubectl get secret orders-connection -o jsonpath='{.data.uri}' | base64 -d)"

                The proxy's console, with PgBouncer's commands (SHOW HELP):

                  psql "host=127.0.0.1 port=%s dbname=pgbouncer user=admin password=$(kubectl -n %s get secret %s -o jsonpath='{.data.admin-password}' | base64 -d)"

                Logs are in %s, ./run status tells what runs. Ctrl-C stops everything.
                """,
                playground.kubeconfig(),
                ShellEnvironment.quoted(playground.home().environment()),
                playground.proxy().setting("LISTEN_PORT"),
                Installation.NAMESPACE,
                Installation.CONSOLE_SECRET,
                playground.home().logs());
    }
}
