import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.StringReader;
import java.io.StringWriter;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.postgresql.PGConnection;

/** pgjdbc with HikariCP. */
final class Main {
    private static final int CONNECTIONS = 10;
    private static HikariDataSource pool;

    /** Taken from the pool for long, as a worker does. */
    private static Connection kept;

    private static PreparedStatement keptStatement;

    /** With sslmode verify-full the certificate must be the host's; channel binding proves that nobody stands between. */
    private static HikariConfig config() {
        var config = new HikariConfig();
        config.setJdbcUrl("jdbc:postgresql://%s:%s/%s"
                .formatted(System.getenv("PGHOST"), System.getenv("PGPORT"), System.getenv("PGDATABASE")));
        config.setUsername(System.getenv("PGUSER"));
        config.setPassword(System.getenv("PGPASSWORD"));
        config.addDataSourceProperty("sslmode", System.getenv("PGSSLMODE"));
        config.addDataSourceProperty("sslrootcert", System.getenv("PGSSLROOTCERT"));
        config.addDataSourceProperty("channelBinding", "require");
        config.addDataSourceProperty("ApplicationName", "pgjdbc");
        config.addDataSourceProperty("currentSchema", "pgjdbc");
        config.setMaximumPoolSize(CONNECTIONS);
        return config;
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

    /** Hikari opens the first connection in its constructor, and the others by and by. */
    private static String open() throws InterruptedException {
        pool = new HikariDataSource(config());
        while (pool.getHikariPoolMXBean().getTotalConnections() < CONNECTIONS) {
            Thread.sleep(10);
        }
        return CONNECTIONS + " connections";
    }

    /** What Hikari does before it hands out a connection that was idle, and every {@code keepaliveTime}. */
    private static String idle() throws SQLException {
        var all = new ArrayList<Connection>();
        for (int i = 0; i < CONNECTIONS; i++) {
            all.add(pool.getConnection());
        }
        for (var connection : all) {
            Story.expect(true, connection.isValid(5));
            connection.close();
        }
        return "isValid() of each";
    }

    private static String query() throws SQLException {
        try (var connection = pool.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("DROP SCHEMA IF EXISTS pgjdbc CASCADE");
            statement.execute("CREATE SCHEMA pgjdbc");
            statement.execute("CREATE TABLE note (id serial PRIMARY KEY, body text UNIQUE)");
            return ask(connection, "SELECT version()");
        }
    }

    /** From the fifth run on, pgjdbc prepares a statement on the server, for each connection under the same names. */
    private static String prepared() throws SQLException {
        for (int i = 0; i < 40; i++) {
            try (var connection = pool.getConnection();
                    var statement = connection.prepareStatement("SELECT ?::int + 1")) {
                Story.expect(i + 1, plusOne(statement, i));
            }
        }
        kept = pool.getConnection();
        keptStatement = kept.prepareStatement("SELECT ?::int + 1");
        for (int i = 0; i < 10; i++) {
            Story.expect(i + 1, plusOne(keptStatement, i));
        }
        return "50 runs of one statement";
    }

    private static int plusOne(PreparedStatement statement, int number) throws SQLException {
        statement.setInt(1, number);
        try (var rows = statement.executeQuery()) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static String transaction() throws SQLException {
        try (var connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            insert(connection, "rolled back");
            connection.rollback();
            insert(connection, "committed");
            var savepoint = connection.setSavepoint();
            insert(connection, "rolled back, too");
            connection.rollback(savepoint);
            connection.commit();
            Story.expect("committed", ask(connection, "SELECT string_agg(body, ',') FROM note"));
            connection.commit();
        }
        return "with a savepoint";
    }

    private static void insert(Connection connection, String body) throws SQLException {
        try (var statement = connection.prepareStatement("INSERT INTO note (body) VALUES (?)")) {
            statement.setString(1, body);
            statement.executeUpdate();
        }
    }

    private static String batch() throws SQLException {
        try (var connection = pool.getConnection();
                var statement = connection.prepareStatement("INSERT INTO note (body) VALUES (?)")) {
            for (int i = 0; i < 500; i++) {
                statement.setString(1, "batch " + i);
                statement.addBatch();
            }
            Story.expect(500, statement.executeBatch().length);
            for (int i = 499; i < 502; i++) {
                statement.setString(1, "batch " + i);
                statement.addBatch();
            }
            statement.executeBatch();
            throw new AssertionError("a duplicate was taken");
        } catch (BatchUpdateException problem) {
            Story.expect("23505", problem.getSQLState());
        }
        return "500 inserts, then a duplicate";
    }

    private static String copy() throws Exception {
        try (var connection = pool.getConnection()) {
            var copy = connection.unwrap(PGConnection.class).getCopyAPI();
            var lines = "a line of some length\n".repeat(20_000);
            execute(connection, "CREATE TABLE copied (line text)");
            Story.expect(20_000L, copy.copyIn("COPY copied FROM STDIN", new StringReader(lines)));
            var back = new StringWriter();
            copy.copyOut("COPY copied TO STDOUT", back);
            Story.expect(lines, back.toString());
        }
        return "20000 lines both ways";
    }

    /** With a fetch size, and outside of auto-commit, the result comes in portions. */
    private static String cursor() throws SQLException {
        try (var connection = pool.getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.setFetchSize(1_000);
            long sum = 0;
            try (var rows = statement.executeQuery("SELECT * FROM generate_series(1, 20000)")) {
                while (rows.next()) {
                    sum += rows.getInt(1);
                }
            }
            connection.commit();
            Story.expect(200_010_000L, sum);
        }
        return "20000 rows, 1000 at a time";
    }

    private static String cancel() throws Exception {
        try (var connection = pool.getConnection();
                var statement = connection.createStatement();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = threads.submit(() -> sqlState(() -> statement.execute("SELECT pg_sleep(60)")));
            while (!running.isDone()) {
                statement.cancel();
                Thread.sleep(50);
            }
            Story.expect("57014", running.get());
            return ask(connection, "SELECT 'still usable'");
        }
    }

    /** The driver's own, which cancels, and the server's. */
    private static String timeout() throws Exception {
        try (var connection = pool.getConnection();
                var statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            Story.expect("57014", sqlState(() -> statement.execute("SELECT pg_sleep(60)")));
            statement.setQueryTimeout(0);
            statement.execute("SET statement_timeout = 100");
            Story.expect("57014", sqlState(() -> statement.execute("SELECT pg_sleep(60)")));
            statement.execute("RESET statement_timeout");
            return ask(connection, "SELECT 'still usable'");
        }
    }

    private static String notification() throws SQLException {
        try (var listener = pool.getConnection();
                var connection = pool.getConnection()) {
            execute(listener, "LISTEN news");
            execute(connection, "NOTIFY news, 'hello'");
            Story.expect("hello", awaited(listener));
            execute(listener, "UNLISTEN *");
        }
        return "hello";
    }

    private static String awaited(Connection listener) throws SQLException {
        var notifications = listener.unwrap(PGConnection.class).getNotifications(10_000);
        return notifications == null || notifications.length == 0 ? "nothing" : notifications[0].getParameter();
    }

    private static String settings() throws SQLException {
        execute(kept, "SET TIME ZONE 'Asia/Tokyo'");
        execute(kept, "SET search_path TO pgjdbc, pg_catalog");
        kept.setClientInfo("ApplicationName", "another name");
        for (int i = 0; i < 5; i++) {
            try (var connection = pool.getConnection()) {
                Story.expect("pgjdbc", ask(connection, "SHOW search_path").replace("\"", ""));
                Story.expect("pgjdbc", ask(connection, "SHOW application_name"));
            }
            Story.expect("Asia/Tokyo", ask(kept, "SHOW TimeZone"));
            Story.expect("another name", ask(kept, "SELECT current_setting('application_name')"));
        }
        kept.setClientInfo("ApplicationName", "pgjdbc");
        return "time zone, search path, application name";
    }

    private static String errors() throws Exception {
        try (var connection = pool.getConnection()) {
            Story.expect("23505", sqlState(() -> execute(connection, "INSERT INTO note (body) VALUES ('committed')")));
            Story.expect("42601", sqlState(() -> execute(connection, "SELEKT 1")));
            Story.expect("still usable", ask(connection, "SELECT 'still usable'"));
            connection.setAutoCommit(false);
            Story.expect("22012", sqlState(() -> execute(connection, "SELECT 1/0")));
            Story.expect("25P02", sqlState(() -> execute(connection, "SELECT 1")));
            connection.rollback();
            return ask(connection, "SELECT 'still usable'");
        }
    }

    private static String crowd() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var tasks = new ArrayList<Callable<Integer>>();
            for (int i = 0; i < 50; i++) {
                int number = i;
                tasks.add(() -> task(number));
            }
            int sum = 0;
            for (var done : threads.invokeAll(tasks)) {
                sum += done.get();
            }
            Story.expect(1_275, sum);
        }
        return "50 transactions";
    }

    private static int task(int number) throws SQLException {
        try (var connection = pool.getConnection();
                var statement = connection.prepareStatement("SELECT ?::int + 1")) {
            connection.setAutoCommit(false);
            int result = plusOne(statement, number);
            execute(connection, "UPDATE note SET body = body WHERE id = " + number);
            connection.commit();
            return result;
        }
    }

    private static String wake() throws SQLException {
        Story.expect(42, plusOne(keptStatement, 41));
        Story.expect("Asia/Tokyo", ask(kept, "SHOW TimeZone"));
        Story.expect("pgjdbc, pg_catalog", ask(kept, "SHOW search_path"));
        kept.close();
        try (var connection = pool.getConnection()) {
            return ask(connection, "SELECT 'awake'");
        }
    }

    private static String listen() throws SQLException {
        kept = pool.getConnection();
        execute(kept, "LISTEN news");
        return "LISTEN";
    }

    private static String listenerWake() throws SQLException {
        try (var connection = pool.getConnection()) {
            execute(connection, "NOTIFY news, 'good morning'");
        }
        Story.expect("good morning", awaited(kept));
        return "good morning";
    }

    private static String close() {
        pool.close();
        return "closed";
    }

    private static boolean execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            return statement.execute(sql);
        }
    }

    private static String ask(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static String sqlState(Callable<?> work) throws Exception {
        try {
            work.call();
            return "no error";
        } catch (SQLException problem) {
            return problem.getSQLState();
        }
    }
}
