package dev.railwaypostgres.proxy.session;

import dev.railwaypostgres.postgres.BodyWriter;
import dev.railwaypostgres.postgres.Bytes;
import dev.railwaypostgres.postgres.message.BackendMessage;
import dev.railwaypostgres.postgres.message.Column;
import dev.railwaypostgres.postgres.message.FrontendMessage;
import dev.railwaypostgres.postgres.sql.SqlText;
import dev.railwaypostgres.postgres.sql.Statement;
import dev.railwaypostgres.proxy.park.PreparedStatement;
import dev.railwaypostgres.proxy.park.PreparedStatements;
import dev.railwaypostgres.proxy.park.SessionMemory;
import dev.railwaypostgres.proxy.route.PoolPolicy.LocalAnswer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Answers what needs no data while a session has no server connection: nothing at all, {@code SELECT 1}, settings that every
 * server accepts, the values that the client was told already, and transactions without a statement. Whatever is not surely
 * the same from a server is left to one.
 */
final class LocalAnswers {
    /** Settings that servers do not report back, with the values that every supported version accepts. */
    private static final Map<String, Pattern> SETTABLE = Map.of(
            "extra_float_digits", Pattern.compile("-([0-9]|1[0-5])|[0-3]"),
            "statement_timeout", Pattern.compile("[0-9]{1,9}"),
            "lock_timeout", Pattern.compile("[0-9]{1,9}"),
            "idle_in_transaction_session_timeout", Pattern.compile("[0-9]{1,9}"),
            "client_min_messages", Pattern.compile("(?i)debug[1-5]|log|notice|warning|error"));

    private static final Pattern PRINTABLE_ASCII = Pattern.compile("[ -~]{0,63}");

    private final SessionMemory memory;
    private final PreparedStatements statements;
    private final Reported told;
    private final LocalTransaction transaction;
    private final Supplier<Set<LocalAnswer>> allowed;
    private final BooleanSupplier isAsleep;

    /** Of settings that have changed: they come at the end of all. */
    private final List<BackendMessage> reports = new ArrayList<>(0);

    /**
     * @param told what the client knows of its settings; changed by what is answered here
     * @param allowed what the database's owner wants to have answered here
     * @param isAsleep the database, as far as one knows. A transaction of one that is awake begins there at once: it is the
     *     moment that counts for what {@code now()} says
     */
    LocalAnswers(
            SessionMemory memory,
            PreparedStatements statements,
            Reported told,
            LocalTransaction transaction,
            Supplier<Set<LocalAnswer>> allowed,
            BooleanSupplier isAsleep) {
        this.isAsleep = isAsleep;
        this.memory = memory;
        this.statements = statements;
        this.told = told;
        this.transaction = transaction;
        this.allowed = allowed;
    }

    /** The whole answer but for {@code ReadyForQuery}; empty: a server has to answer. */
    Optional<List<BackendMessage>> answer(String text) {
        var sql = SqlText.parse(text);
        if (sql.isEmpty()) {
            return isAllowed(LocalAnswer.PINGS)
                    ? Optional.of(List.of(new BackendMessage.EmptyQueryResponse()))
                    : Optional.empty();
        }
        if (!sql.mentions().isEmpty() || !areAllLocal(sql.statements())) {
            return Optional.empty();
        }
        var messages = new ArrayList<BackendMessage>();
        reports.clear();
        sql.statements().forEach(statement -> answer(statement, messages));
        messages.addAll(reports);
        return Optional.of(messages);
    }

    /** Whether prepared statements may be run here. */
    boolean hasPings() {
        return memory.statements().hasPings() && isAllowed(LocalAnswer.PINGS);
    }

    /** The text of a prepared statement that can be run here; empty: it cannot, or there is none. */
    Optional<String> ping(String name) {
        var named = memory.statements().find(name);
        return named != null && named.statement().isPing()
                ? Optional.of(named.statement().text())
                : Optional.empty();
    }

    /** A statement that can be run here is to have a name: empty if a server has to say what becomes of that. */
    Optional<PreparedStatement> preparation(FrontendMessage.Parse parse) {
        var mine = memory.statements();
        // What is no text in its encoding is for a server to refuse.
        boolean isText = (parse.name() + parse.statement()).indexOf('\uFFFD') < 0;
        boolean isNew = isText && mine.find(parse.name()) == null && !mine.isPreparedBySql(parse.name());
        return Optional.of(parse)
                .filter(_ -> isNew && parse.parameterTypes().isEmpty())
                .map(_ -> statements.of(content(parse), memory.settings()))
                .filter(statement -> statement.isPing() && memory.hasRoomFor(statement.content()));
    }

    private static ByteBuf content(FrontendMessage.Parse parse) {
        var content = Unpooled.buffer();
        BodyWriter.writeText(content, parse.statement());
        return content.writeShort(0);
    }

    void prepare(String name, PreparedStatement statement) {
        memory.prepare(name, statement).done();
    }

    /** A prepared statement is closed. */
    void close(String name) {
        if (name.isEmpty()) {
            memory.unnamed(null);
        } else {
            memory.close(name).done();
        }
    }

    private boolean areAllLocal(List<Statement> statements) {
        return statements.size() == 1
                ? isLocal(statements.getFirst())
                : statements.stream().allMatch(statement -> isOutsideTransactions(statement) && isLocal(statement));
    }

    /** Transactions within a text of several statements are better left to a server. */
    private boolean isOutsideTransactions(Statement statement) {
        return !transaction.isOpen() && (statement instanceof Statement.Set || statement instanceof Statement.Show);
    }

    private boolean isAllowed(LocalAnswer answer) {
        return allowed.get().contains(answer);
    }

    private boolean isLocal(Statement statement) {
        return switch (statement) {
            case Statement.Set set ->
                isAllowed(LocalAnswer.SETTINGS)
                        && !transaction.isOpen()
                        && !set.local()
                        && set.literal()
                                .filter(value -> isAccepted(set.name(), value))
                                .isPresent();
            case Statement.Show(String name) ->
                isAllowed(LocalAnswer.SETTINGS) && told.find(name).isPresent();
            case Statement.SelectInteger _ -> isAllowed(LocalAnswer.PINGS) && !transaction.hasFailed();
            case Statement.Begin _ -> isAllowed(LocalAnswer.BEGIN) && !transaction.isOpen() && isAsleep.getAsBoolean();
            case Statement.Commit(boolean chain) -> transaction.isOpen() && !chain;
            case Statement.Rollback(boolean chain) -> transaction.isOpen() && !chain;
            case Statement.Savepoint _,
                    Statement.ReleaseSavepoint _,
                    Statement.RollbackToSavepoint _,
                    Statement.SetTransaction _,
                    Statement.Reset _,
                    Statement.Discard _,
                    Statement.Listen _,
                    Statement.Unlisten _,
                    Statement.AlterDefaults _,
                    Statement.Notify _,
                    Statement.Prepare _,
                    Statement.Execute _,
                    Statement.Deallocate _,
                    Statement.DeclareCursor _,
                    Statement.CloseCursor _,
                    Statement.CreateTemporary _,
                    Statement.Other _ -> false;
        };
    }

    private static boolean isAccepted(String name, String value) {
        if (name.equals("application_name")) {
            return PRINTABLE_ASCII.matcher(value).matches();
        }
        var values = SETTABLE.get(name);
        return values != null && values.matcher(value).matches();
    }

    private void answer(Statement statement, List<BackendMessage> messages) {
        switch (statement) {
            case Statement.Set set -> set(set, messages);
            case Statement.Show(String name) ->
                told.find(name).ifPresent(entry -> show(entry.getKey(), entry.getValue(), messages));
            case Statement.SelectInteger(int value) -> select(value, messages);
            case Statement.Begin begin -> {
                transaction.begin(("BEGIN " + begin.modes()).strip());
                messages.add(new BackendMessage.CommandComplete(begin.tag()));
            }
            case Statement.Commit _ -> end(transaction.hasFailed() ? "ROLLBACK" : "COMMIT", messages);
            default -> end("ROLLBACK", messages);
        }
    }

    private void set(Statement.Set set, List<BackendMessage> messages) {
        memory.set(set.name(), set.value());
        var value = set.literal().orElse("");
        messages.add(new BackendMessage.CommandComplete("SET"));
        told.change(set.name(), value).ifPresent(reports::add);
    }

    private static void show(String name, String value, List<BackendMessage> messages) {
        messages.add(new BackendMessage.RowDescription(List.of(Column.text(name))));
        messages.add(new BackendMessage.DataRow(List.of(Bytes.of(value))));
        messages.add(new BackendMessage.CommandComplete("SHOW"));
    }

    private static void select(int value, List<BackendMessage> messages) {
        messages.add(new BackendMessage.RowDescription(List.of(Column.integer("?column?"))));
        messages.add(new BackendMessage.DataRow(List.of(Bytes.of(Integer.toString(value)))));
        messages.add(new BackendMessage.CommandComplete("SELECT 1"));
    }

    private void end(String tag, List<BackendMessage> messages) {
        transaction.end();
        messages.add(new BackendMessage.CommandComplete(tag));
    }
}
