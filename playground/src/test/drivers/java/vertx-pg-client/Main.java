import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Vert.x' own client with its pool. */
final class Main {
    private static final int CONNECTIONS = 10;
    private static final String PLUS_ONE = "SELECT $1::int + 1";
    private static final String INSERT = "INSERT INTO note (body) VALUES ($1)";

    private static final Vertx VERTX = Vertx.vertx();
    private static final Pool POOL = PgBuilder.pool()
            .with(new PoolOptions().setMaxSize(CONNECTIONS))
            .connectingTo(options())
            .using(VERTX)
            .build();
    private static final BlockingQueue<String> HEARD = new LinkedBlockingQueue<>();

    /** Taken from the pool for long, as a worker does. */
    private static SqlConnection kept;

    /** Host, port, database, user, password and sslmode come from the usual variables. */
    private static PgConnectOptions options() {
        var trust = new PemTrustOptions().addCertPath(System.getenv("PGSSLROOTCERT"));
        return PgConnectOptions.fromEnv()
                .setSslOptions(
                        new ClientSSLOptions().setTrustOptions(trust).setHostnameVerificationAlgorithm("HTTPS"))
                .setCachePreparedStatements(true)
                .addProperty("application_name", "vertx-pg-client")
                .addProperty("search_path", "vertx_pg_client");
    }

    public static void main(String[] arguments) throws Exception {
        Story.step("open", Main::open);
        Story.step("idle", Main::idle);
        Story.step("query", Main::query);
        Story.step("prepared", Main::prepared);
        Story.step("transaction", Main::transaction);
        Story.step("pipeline", Main::pipeline);
        Story.step("copy", Story.lacking("Vert.x' client has no COPY"));
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
        var all = IntStream.range(0, CONNECTIONS).mapToObj(_ -> POOL.getConnection()).toList();
        Future.all(all).await();
        all.forEach(connection -> connection.result().close().await());
        return POOL.size() + " connections";
    }

    /** The pool does not check; people do it with this. */
    private static String idle() {
        for (int i = 0; i < CONNECTIONS; i++) {
            ask(POOL, "SELECT 1");
        }
        return "SELECT 1";
    }

    private static String query() {
        execute(POOL, "DROP SCHEMA IF EXISTS vertx_pg_client CASCADE; CREATE SCHEMA vertx_pg_client");
        execute(POOL, "CREATE TABLE note (id serial PRIMARY KEY, body text UNIQUE)");
        return ask(POOL, "SELECT version()");
    }

    private static String prepared() {
        for (int i = 0; i < 40; i++) {
            Story.expect(i + 1, plusOne(POOL, i).await());
        }
        kept = POOL.getConnection().await();
        Story.expect(8, plusOne(kept, 7).await());
        return "41 runs of one statement";
    }

    private static Future<Integer> plusOne(SqlClient client, int number) {
        return client.preparedQuery(PLUS_ONE)
                .execute(Tuple.of(number))
                .map(rows -> rows.iterator().next().getInteger(0));
    }

    private static String transaction() {
        POOL.withTransaction(connection -> insert(connection, "rolled back")
                        .compose(_ -> Future.failedFuture("no")))
                .recover(_ -> Future.succeededFuture())
                .await();
        POOL.withTransaction(connection -> insert(connection, "committed")
                        .compose(_ -> connection.query("SAVEPOINT here").execute())
                        .compose(_ -> insert(connection, "rolled back, too"))
                        .compose(_ -> connection.query("ROLLBACK TO here").execute()))
                .await();
        Story.expect("committed", ask(POOL, "SELECT string_agg(body, ',') FROM note"));
        return "with a savepoint";
    }

    private static Future<?> insert(SqlClient client, String body) {
        return client.preparedQuery(INSERT).execute(Tuple.of(body));
    }

    /** The client sends up to 256 statements ahead of their answers by itself; a batch is one statement with many parameters. */
    private static String pipeline() throws Exception {
        var connection = POOL.getConnection().await();
        var all = IntStream.range(0, 500)
                .mapToObj(i -> insert(connection, i == 250 ? "committed" : "pipelined " + i))
                .toList();
        Future.join(all).otherwiseEmpty().await();
        Story.expect(1L, all.stream().filter(Future::failed).count());
        Story.expect("23505", ((PgException) all.get(250).cause()).getSqlState());
        var batch = IntStream.range(0, 500).mapToObj(i -> Tuple.of("batch " + i)).toList();
        connection.preparedQuery(INSERT).executeBatch(batch).await();
        connection.close().await();
        return "500 inserts, a duplicate among them, and a batch";
    }

    private static String cursor() {
        var connection = POOL.getConnection().await();
        var transaction = connection.begin().await();
        var cursor = connection
                .prepare("SELECT * FROM generate_series(1, 20000)")
                .await()
                .cursor();
        long sum = 0;
        do {
            for (var row : cursor.read(1_000).await()) {
                sum += row.getInteger(0);
            }
        } while (cursor.hasMore());
        cursor.close().await();
        transaction.commit().await();
        connection.close().await();
        Story.expect(200_010_000L, sum);
        return "20000 rows, 1000 at a time";
    }

    private static String cancel() throws Exception {
        var connection = POOL.getConnection().await();
        var running = connection.query("SELECT pg_sleep(60)").execute();
        while (!running.isComplete()) {
            PgConnection.cast(connection).cancelRequest().await();
            Thread.sleep(50);
        }
        Story.expect("57014", ((PgException) running.cause()).getSqlState());
        var answer = ask(connection, "SELECT 'still usable'");
        connection.close().await();
        return answer;
    }

    private static String timeout() throws Exception {
        var connection = POOL.getConnection().await();
        execute(connection, "SET statement_timeout = 100");
        Story.expect("57014", sqlState(() -> ask(connection, "SELECT 1 FROM pg_sleep(60)")));
        execute(connection, "RESET statement_timeout");
        var answer = ask(connection, "SELECT 'still usable'");
        connection.close().await();
        return answer;
    }

    private static String notification() throws InterruptedException {
        var listener = listener();
        execute(POOL, "NOTIFY news, 'hello'");
        Story.expect("hello", awaited());
        execute(listener, "UNLISTEN *");
        listener.close().await();
        return "hello";
    }

    private static SqlConnection listener() {
        var listener = POOL.getConnection().await();
        PgConnection.cast(listener).notificationHandler(notification -> HEARD.add(notification.getPayload()));
        execute(listener, "LISTEN news");
        return listener;
    }

    private static String awaited() throws InterruptedException {
        return String.valueOf(HEARD.poll(5, TimeUnit.SECONDS));
    }

    private static String settings() {
        execute(kept, "SET TIME ZONE 'Asia/Tokyo'");
        execute(kept, "SET search_path TO vertx_pg_client, pg_catalog");
        execute(kept, "SET application_name TO 'another name'");
        for (int i = 0; i < 5; i++) {
            Story.expect("vertx_pg_client", ask(POOL, "SHOW search_path"));
            Story.expect("vertx-pg-client", ask(POOL, "SHOW application_name"));
            Story.expect("Asia/Tokyo", ask(kept, "SHOW TimeZone"));
            Story.expect("another name", ask(kept, "SELECT current_setting('application_name')"));
        }
        execute(kept, "SET application_name TO 'vertx-pg-client'");
        return "time zone, search path, application name";
    }

    private static String errors() throws Exception {
        var connection = POOL.getConnection().await();
        Story.expect("23505", sqlState(() -> insert(connection, "committed").await()));
        Story.expect("42601", sqlState(() -> ask(connection, "SELEKT 1")));
        execute(connection, "BEGIN");
        Story.expect("22012", sqlState(() -> ask(connection, "SELECT 1/0")));
        Story.expect("25P02", sqlState(() -> ask(connection, "SELECT 1")));
        execute(connection, "ROLLBACK");
        var answer = ask(connection, "SELECT 'still usable'");
        connection.close().await();
        return answer;
    }

    private static String crowd() {
        List<Future<Integer>> tasks = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            int number = i;
            tasks.add(POOL.withTransaction(connection -> plusOne(connection, number)
                    .compose(sum -> connection
                            .preparedQuery("UPDATE note SET body = body WHERE id = $1")
                            .execute(Tuple.of(number))
                            .map(sum))));
        }
        Future.all(tasks).await();
        Story.expect(1_275, tasks.stream().mapToInt(Future::result).sum());
        return "50 transactions";
    }

    private static String wake() {
        Story.expect(42, plusOne(kept, 41).await());
        Story.expect("Asia/Tokyo", ask(kept, "SHOW TimeZone"));
        Story.expect("vertx_pg_client, pg_catalog", ask(kept, "SHOW search_path"));
        execute(kept, "RESET ALL");
        kept.close().await();
        return ask(POOL, "SELECT 'awake'");
    }

    private static String listen() {
        kept = listener();
        return "LISTEN";
    }

    private static String listenerWake() throws InterruptedException {
        execute(POOL, "NOTIFY news, 'good morning'");
        Story.expect("good morning", awaited());
        return "good morning";
    }

    private static String close() {
        kept.close().await();
        POOL.close().await();
        return "closed";
    }

    private static void execute(SqlClient client, String sql) {
        client.query(sql).execute().await();
    }

    private static String ask(SqlClient client, String sql) {
        return String.valueOf(
                client.query(sql).execute().await().iterator().next().getValue(0));
    }

    private static String sqlState(Callable<?> work) throws Exception {
        try {
            work.call();
            return "no error";
        } catch (PgException problem) {
            return problem.getSqlState();
        }
    }
}
