import io.netty.buffer.Unpooled;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.postgresql.client.ChannelBindingMode;
import io.r2dbc.postgresql.client.SSLMode;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.ValidationDepth;
import io.r2dbc.spi.Wrapped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** r2dbc-postgresql with r2dbc-pool. */
final class Main {
    private static final int CONNECTIONS = 10;
    private static final String PLUS_ONE = "SELECT $1::int + 1";
    private static final String INSERT = "INSERT INTO note (body) VALUES ($1)";

    private static final ConnectionPool POOL =
            new ConnectionPool(ConnectionPoolConfiguration.builder(new PostgresqlConnectionFactory(options()))
                    .initialSize(CONNECTIONS)
                    .maxSize(CONNECTIONS)
                    .validationDepth(ValidationDepth.LOCAL)
                    .build());
    private static final BlockingQueue<String> HEARD = new LinkedBlockingQueue<>();

    /** Taken from the pool for long, as a worker does. */
    private static Connection kept;

    /** A login that looks for extensions needs the database. */
    private static PostgresqlConnectionConfiguration options() {
        return PostgresqlConnectionConfiguration.builder()
                .host(System.getenv("PGHOST"))
                .port(Integer.parseInt(System.getenv("PGPORT")))
                .database(System.getenv("PGDATABASE"))
                .username(System.getenv("PGUSER"))
                .password(System.getenv("PGPASSWORD"))
                .sslMode(SSLMode.fromValue(System.getenv("PGSSLMODE")))
                .sslRootCert(System.getenv("PGSSLROOTCERT"))
                .channelBinding(ChannelBindingMode.REQUIRE)
                .autodetectExtensions(false)
                .applicationName("r2dbc-postgresql")
                .schema("r2dbc_postgresql")
                .build();
    }

    public static void main(String[] arguments) throws Exception {
        Story.step("open", Main::open);
        Story.step("idle", Main::idle);
        Story.step("query", Main::query);
        Story.step("prepared", Main::prepared);
        Story.step("transaction", Main::transaction);
        Story.step("pipeline", Main::batch);
        Story.step("copy", Main::copy);
        Story.step("cursor", Main::cursor);
        Story.step("cancel", Main::cancel);
        Story.step("timeout", Main::timeout);
        Story.step("notify", Main::notification);
        Story.step("settings", Main::settings);
        Story.step("errors", Main::errors);
        Story.step("crowd", Main::crowd);
        Story.step("wake", Main::wake);
        Story.step("crowd wake", Main::crowd);
        Story.step("listen", Main::listen);
        Story.step("listener wake", Main::listenerWake);
        Story.step("close", Main::close);
        System.exit(0);
    }

    private static String open() {
        Story.expect(CONNECTIONS, POOL.warmup().block());
        return CONNECTIONS + " connections";
    }

    /** What the pool does before each use when it is told {@code ValidationDepth.REMOTE}. */
    private static String idle() {
        for (int i = 0; i < CONNECTIONS; i++) {
            Story.expect(true, with(connection -> connection.validate(ValidationDepth.REMOTE)));
        }
        return "validate(REMOTE)";
    }

    private static String query() {
        return with(connection -> execute(connection, "DROP SCHEMA IF EXISTS r2dbc_postgresql CASCADE")
                .then(execute(connection, "CREATE SCHEMA r2dbc_postgresql"))
                .then(execute(connection, "CREATE TABLE note (id serial PRIMARY KEY, body text UNIQUE)"))
                .then(ask(connection, "SELECT version()")));
    }

    private static String prepared() {
        for (int i = 0; i < 40; i++) {
            int number = i;
            Story.expect(i + 1, with(connection -> plusOne(connection, number)));
        }
        kept = POOL.create().block();
        Story.expect(8, plusOne(kept, 7).block());
        return "41 runs of one statement";
    }

    private static Mono<Integer> plusOne(Connection connection, int number) {
        return Mono.from(connection.createStatement(PLUS_ONE).bind("$1", number).execute())
                .flatMap(result -> Mono.from(result.map((row, _) -> row.get(0, Integer.class))));
    }

    private static String transaction() {
        with(connection -> Mono.from(connection.beginTransaction())
                .then(insert(connection, "rolled back"))
                .then(Mono.from(connection.rollbackTransaction())));
        with(connection -> Mono.from(connection.beginTransaction())
                .then(insert(connection, "committed"))
                .then(Mono.from(connection.createSavepoint("here")))
                .then(insert(connection, "rolled back, too"))
                .then(Mono.from(connection.rollbackTransactionToSavepoint("here")))
                .then(Mono.from(connection.commitTransaction())));
        Story.expect("committed", with(connection -> ask(connection, "SELECT string_agg(body, ',') FROM note")));
        return "with a savepoint";
    }

    private static Mono<Void> insert(Connection connection, String body) {
        return Flux.from(connection.createStatement(INSERT).bind("$1", body).execute())
                .flatMap(Result::getRowsUpdated)
                .then();
    }

    private static String batch() {
        long inserted = with(connection -> {
            var statement = connection.createStatement(INSERT);
            for (int i = 0; i < 500; i++) {
                statement.bind("$1", "batch " + i);
                if (i < 499) {
                    statement.add();
                }
            }
            return Flux.from(statement.execute())
                    .flatMap(Result::getRowsUpdated)
                    .reduce(0L, Long::sum);
        });
        Story.expect(500L, inserted);
        Story.expect("23505", with(connection -> sqlState(Flux.from(connection
                        .createBatch()
                        .add("INSERT INTO note (body) VALUES ('one more')")
                        .add("INSERT INTO note (body) VALUES ('committed')")
                        .execute())
                .flatMap(Result::getRowsUpdated)
                .then())));
        return "500 inserts, then a duplicate";
    }

    private static String copy() {
        var lines = "a line of some length\n".repeat(20_000);
        var blocks = Flux.range(0, 10)
                .map(_ -> Unpooled.copiedBuffer(
                        lines.substring(0, lines.length() / 10), StandardCharsets.UTF_8));
        long copied = with(connection -> execute(connection, "CREATE TABLE copied (line text)")
                .then(real(connection).copyIn("COPY copied FROM STDIN", Flux.from(blocks))));
        Story.expect(20_000L, copied);
        return "20000 lines in; there is no COPY out";
    }

    private static String cursor() {
        long sum = with(connection -> Flux.from(connection
                        .createStatement("SELECT * FROM generate_series(1, 20000)")
                        .fetchSize(1_000)
                        .execute())
                .flatMap(result -> result.map((row, _) -> row.get(0, Integer.class)))
                .reduce(0L, Long::sum));
        Story.expect(200_010_000L, sum);
        return "20000 rows, 1000 at a time";
    }

    private static String cancel() {
        return with(connection -> {
            var running = sqlState(execute(connection, "SELECT pg_sleep(60)")).cache();
            running.subscribe();
            return Mono.defer(() -> real(connection).cancelRequest())
                    .repeatWhen(again -> again.delayElements(Duration.ofMillis(50)))
                    .takeUntilOther(running)
                    .then(running)
                    .doOnNext(state -> Story.expect("57014", state))
                    .then(ask(connection, "SELECT 'still usable'"));
        });
    }

    private static String timeout() {
        return with(connection -> Mono.from(connection.setStatementTimeout(Duration.ofMillis(100)))
                .then(sqlState(execute(connection, "SELECT pg_sleep(60)")))
                .doOnNext(state -> Story.expect("57014", state))
                .then(Mono.from(connection.setStatementTimeout(Duration.ZERO)))
                .then(ask(connection, "SELECT 'still usable'")));
    }

    private static String notification() throws InterruptedException {
        var listener = listener();
        with(connection -> execute(connection, "NOTIFY news, 'hello'"));
        Story.expect("hello", awaited());
        execute(listener, "UNLISTEN *").block();
        Mono.from(listener.close()).block();
        return "hello";
    }

    private static Connection listener() {
        var listener = POOL.create().block();
        real(listener).getNotifications().subscribe(notification -> HEARD.add(notification.getParameter()), _ -> {});
        execute(listener, "LISTEN news").block();
        return listener;
    }

    private static String awaited() throws InterruptedException {
        return String.valueOf(HEARD.poll(5, TimeUnit.SECONDS));
    }

    private static String settings() {
        execute(kept, "SET TIME ZONE 'Asia/Tokyo'").block();
        execute(kept, "SET search_path TO r2dbc_postgresql, pg_catalog").block();
        execute(kept, "SET application_name TO 'another name'").block();
        for (int i = 0; i < 5; i++) {
            Story.expect("r2dbc_postgresql", with(connection -> ask(connection, "SHOW search_path")));
            Story.expect("r2dbc-postgresql", with(connection -> ask(connection, "SHOW application_name")));
            Story.expect("Asia/Tokyo", ask(kept, "SHOW TimeZone").block());
            Story.expect("another name", ask(kept, "SELECT current_setting('application_name')").block());
        }
        execute(kept, "SET application_name TO 'r2dbc-postgresql'").block();
        return "time zone, search path, application name";
    }

    private static String errors() {
        return with(connection -> expect("23505", insert(connection, "committed"))
                .then(expect("42601", execute(connection, "SELEKT 1")))
                .then(Mono.from(connection.beginTransaction()))
                .then(expect("22012", execute(connection, "SELECT 1/0")))
                .then(expect("25P02", execute(connection, "SELECT 1")))
                .then(Mono.from(connection.rollbackTransaction()))
                .then(ask(connection, "SELECT 'still usable'")));
    }

    private static Mono<Void> expect(String state, Mono<?> work) {
        return sqlState(work).doOnNext(actual -> Story.expect(state, actual)).then();
    }

    private static String crowd() {
        Story.expect(1_275, Flux.range(0, 50).flatMap(Main::task, 50).reduce(0, Integer::sum).block());
        return "50 transactions";
    }

    private static Mono<Integer> task(int number) {
        return within(connection -> Mono.from(connection.beginTransaction())
                .then(plusOne(connection, number))
                .flatMap(sum -> Flux.from(connection
                                .createStatement("UPDATE note SET body = body WHERE id = $1")
                                .bind("$1", number)
                                .execute())
                        .flatMap(Result::getRowsUpdated)
                        .then(Mono.from(connection.commitTransaction()))
                        .thenReturn(sum)));
    }

    private static String wake() {
        Story.expect(42, plusOne(kept, 41).block());
        Story.expect("Asia/Tokyo", ask(kept, "SHOW TimeZone").block());
        Story.expect("r2dbc_postgresql, pg_catalog", ask(kept, "SHOW search_path").block());
        execute(kept, "RESET ALL").block();
        Mono.from(kept.close()).block();
        return with(connection -> ask(connection, "SELECT 'awake'"));
    }

    private static String listen() {
        kept = listener();
        return "LISTEN";
    }

    private static String listenerWake() throws InterruptedException {
        with(connection -> execute(connection, "NOTIFY news, 'good morning'"));
        Story.expect("good morning", awaited());
        return "good morning";
    }

    private static String close() {
        Mono.from(kept.close()).onErrorComplete().block();
        POOL.disposeLater().block();
        return "closed";
    }

    private static <T> T with(Function<Connection, Publisher<T>> work) {
        return within(work).block();
    }

    private static <T> Mono<T> within(Function<Connection, Publisher<T>> work) {
        return Mono.usingWhen(POOL.create(), connection -> Mono.from(work.apply(connection)), Connection::close);
    }

    /** Behind the pool's connection, for what only this driver has. */
    private static PostgresqlConnection real(Connection connection) {
        return ((Wrapped<?>) connection).unwrap(PostgresqlConnection.class);
    }

    private static Mono<Void> execute(Connection connection, String sql) {
        return Flux.from(connection.createStatement(sql).execute())
                .flatMap(Result::getRowsUpdated)
                .then();
    }

    private static Mono<String> ask(Connection connection, String sql) {
        return Mono.from(connection.createStatement(sql).execute())
                .flatMap(result -> Mono.from(result.map((row, _) -> row.get(0, String.class))));
    }

    private static Mono<String> sqlState(Mono<?> work) {
        return work.thenReturn("no error")
                .onErrorResume(R2dbcException.class, problem -> Mono.just(problem.getSqlState()));
    }
}
