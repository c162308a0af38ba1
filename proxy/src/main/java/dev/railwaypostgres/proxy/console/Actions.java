package dev.railwaypostgres.proxy.console;

import dev.railwaypostgres.postgres.SqlState;
import dev.railwaypostgres.proxy.failure.ProxyFailure;
import dev.railwaypostgres.proxy.session.Database;
import dev.railwaypostgres.proxy.session.Database.Pause;
import dev.railwaypostgres.proxy.session.Sessions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what administrators say, with PgBouncer's meaning of each word. On the sessions' event loop. */
final class Actions {
    private static final Logger LOG = LoggerFactory.getLogger(Actions.class);

    private final Sessions sessions;
    private final Ports.Program process;

    Actions(Sessions sessions, Ports.Program process) {
        this.sessions = sessions;
        this.process = process;
    }

    Outcome act(Order.Act order, String user) {
        LOG.atInfo()
                .addKeyValue("user", user)
                .addKeyValue("action", order.action())
                .addKeyValue("argument", order.argument())
                .log("an administrator has said something at the console");
        var argument = order.argument();
        return switch (order.action()) {
            case RELOAD -> reload();
            case SHUTDOWN -> shutdown(argument);
            case KILL_CLIENT -> killClient(argument);
            case PAUSE -> argument.isEmpty() ? pauseAll() : on(argument, this::pause);
            case RESUME -> argument.isEmpty() ? resumeAll() : on(argument, this::resume);
            case KILL -> argument.isEmpty() ? killAll() : on(argument, this::kill);
            case RECONNECT -> onEach(argument, database -> database.pool().renew());
            case WAIT_CLOSE -> waitClose(argument);
            case DISABLE -> onEach(argument, database -> database.disable(true));
            case ENABLE -> onEach(argument, database -> database.disable(false));
        };
    }

    // ---- One database.

    private interface Deed {
        Outcome on(Database database);
    }

    private Outcome on(String name, Deed deed) {
        if (name.equals(Console.DATABASE)) {
            return failed(SqlState.FEATURE_NOT_SUPPORTED, "the console is no database");
        }
        return find(name).map(deed::on).orElseGet(() -> failed(SqlState.UNKNOWN_DATABASE, "no such database: " + name));
    }

    /** By its endpoint, or as namespace/name, or by the Postgres database in it if no other has one of that name. */
    private Optional<Database> find(String name) {
        var all = sessions.databases();
        var named = all.stream()
                .filter(database -> database.route().endpoint().equals(name)
                        || database.route().database().toString().equals(name))
                .findFirst();
        var inside = all.stream()
                .filter(database -> database.route().databaseName().equals(name))
                .toList();
        return named.or(() -> inside.size() == 1 ? Optional.of(inside.getFirst()) : Optional.empty());
    }

    private Outcome onEach(String name, Consumer<Database> deed) {
        if (name.isEmpty()) {
            sessions.databases().forEach(deed);
            return new Outcome.Done();
        }
        return on(name, database -> {
            deed.accept(database);
            return new Outcome.Done();
        });
    }

    private Outcome pause(Database database) {
        if (sessions.isPaused()) {
            return alreadyPaused();
        }
        database.pause(Pause.OF_THIS, true);
        return whenReleased(
                List.of(database), () -> database.isPaused(Pause.OF_THIS), () -> database.pause(Pause.OF_THIS, false));
    }

    private Outcome resume(Database database) {
        if (!database.isPaused(Pause.OF_THIS)) {
            return notInState("database " + database.route().endpoint() + " is not paused");
        }
        database.pause(Pause.OF_THIS, false);
        return new Outcome.Done();
    }

    private Outcome kill(Database database) {
        if (sessions.isPaused()) {
            return alreadyPaused();
        }
        database.pause(Pause.OF_THIS, true);
        database.kill();
        return new Outcome.Done();
    }

    // ---- All of them.

    private Outcome pauseAll() {
        if (sessions.isPaused()) {
            return alreadyPaused();
        }
        sessions.pauseAll(true);
        return whenReleased(sessions.databases(), sessions::isPaused, () -> sessions.pauseAll(false));
    }

    private Outcome resumeAll() {
        if (!sessions.isPaused()) {
            return notInState("pooler is not paused/suspended");
        }
        sessions.pauseAll(false);
        return new Outcome.Done();
    }

    private Outcome killAll() {
        if (sessions.isPaused()) {
            return alreadyPaused();
        }
        sessions.pauseAll(true);
        sessions.databases().forEach(Database::kill);
        return new Outcome.Done();
    }

    private Outcome killClient(String number) {
        if (!number.matches("\\d{1,9}|[12]\\d{9}")) {
            return failed(SqlState.INVALID_PARAMETER_VALUE, "invalid client id: see the column id of SHOW CLIENTS");
        }
        long id = Long.parseLong(number);
        return sessions.databases().stream().anyMatch(database -> database.kill((int) id))
                ? new Outcome.Done()
                : failed(SqlState.UNDEFINED_OBJECT, "client not found");
    }

    // ---- What takes its time.

    private static Outcome whenReleased(List<Database> databases, BooleanSupplier isPaused, Runnable undo) {
        return later(
                () -> {
                    if (!isPaused.getAsBoolean()) {
                        return Optional.of(notInState("the pause was ended by RESUME before it was complete"));
                    }
                    return databases.stream()
                                    .allMatch(database -> database.pool().isReleased())
                            ? Optional.of(new Outcome.Done())
                            : Optional.empty();
                },
                undo);
    }

    private Outcome waitClose(String name) {
        return name.isEmpty()
                ? whenRenewed(sessions.databases())
                : on(name, database -> whenRenewed(List.of(database)));
    }

    private static Outcome whenRenewed(List<Database> databases) {
        return later(
                () -> databases.stream().allMatch(database -> database.pool().isRenewed())
                        ? Optional.of(new Outcome.Done())
                        : Optional.empty(),
                () -> {});
    }

    private Outcome reload() {
        CompletableFuture<Outcome> reloaded = process.reload()
                .<Outcome>thenApply(_ -> new Outcome.Done())
                .exceptionally(problem -> failed(SqlState.CONFIG_FILE_ERROR, "RELOAD failed: " + sentence(problem)))
                .toCompletableFuture();
        return later(() -> Optional.ofNullable(reloaded.getNow(null)), () -> {});
    }

    private static String sentence(Throwable problem) {
        var cause = problem instanceof CompletionException && problem.getCause() != null ? problem.getCause() : problem;
        return String.valueOf(cause.getMessage());
    }

    /** The answer to the first kind is that the process ends. */
    private Outcome shutdown(String how) {
        return switch (how.toUpperCase(Locale.ROOT)) {
            case "" -> {
                process.end(Ports.End.NOW);
                yield new Outcome.Later(Optional::empty, () -> {});
            }
            case "WAIT_FOR_CLIENTS" -> ending(Ports.End.AFTER_CLIENTS);
            case "WAIT_FOR_SERVERS" -> {
                sessions.pauseAll(true);
                yield ending(Ports.End.AFTER_SERVERS);
            }
            default -> failed(SqlState.SYNTAX_ERROR, "invalid command 'shutdown " + how + "', use SHOW HELP;");
        };
    }

    private Outcome ending(Ports.End how) {
        process.end(how);
        return new Outcome.Done();
    }

    private static Outcome later(Supplier<Optional<Outcome>> look, Runnable undo) {
        return look.get().orElseGet(() -> new Outcome.Later(look, undo));
    }

    private static Outcome alreadyPaused() {
        return notInState("already suspended/paused");
    }

    private static Outcome notInState(String text) {
        return failed(SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, text);
    }

    private static Outcome failed(SqlState state, String text) {
        return new Outcome.Failed(new ProxyFailure.ConsoleRefusal(state, text));
    }
}
