package dev.railwaypostgres.proxy.session;

import dev.railwaypostgres.postgres.Bytes;
import dev.railwaypostgres.postgres.message.BackendMessage;
import dev.railwaypostgres.postgres.message.Column;
import dev.railwaypostgres.postgres.sql.SqlText;
import dev.railwaypostgres.postgres.sql.Statement;
import dev.railwaypostgres.proxy.park.SessionMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Answers what needs no data while a session has no server connection: nothing at all, settings that every server accepts,
 * and the values that the client was told already. Whatever is not surely the same from a server is left to one.
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
    private final Map<String, String> told;

    /** @param told what the client knows of its settings; changed by what is answered here */
    LocalAnswers(SessionMemory memory, Map<String, String> told) {
        this.memory = memory;
        this.told = told;
    }

    /** The whole answer but for {@code ReadyForQuery}; empty: a server has to answer. */
    Optional<List<BackendMessage>> answer(String text) {
        var sql = SqlText.parse(text);
        if (sql.isEmpty()) {
            return Optional.of(List.of(new BackendMessage.EmptyQueryResponse()));
        }
        if (!sql.mentions().isEmpty() || !sql.statements().stream().allMatch(this::isLocal)) {
            return Optional.empty();
        }
        var messages = new ArrayList<BackendMessage>();
        sql.statements().forEach(statement -> answer(statement, messages));
        return Optional.of(messages);
    }

    private boolean isLocal(Statement statement) {
        return switch (statement) {
            case Statement.Set set ->
                !set.local()
                        && set.literal()
                                .filter(value -> isAccepted(set.name(), value))
                                .isPresent();
            case Statement.Show(String name) -> reported(name).isPresent();
            case Statement.Begin _,
                    Statement.Commit _,
                    Statement.Rollback _,
                    Statement.SetTransaction _,
                    Statement.Reset _,
                    Statement.Discard _,
                    Statement.Listen _,
                    Statement.Unlisten _,
                    Statement.Notify _,
                    Statement.Prepare _,
                    Statement.Execute _,
                    Statement.Deallocate _,
                    Statement.DeclareCursor _,
                    Statement.CloseCursor _,
                    Statement.CreateTemporary _,
                    Statement.SelectInteger _,
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

    /** A setting changed by a statement since then is only known if the server reports it. */
    private Optional<Map.Entry<String, String>> reported(String name) {
        return told.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                .findFirst();
    }

    private void answer(Statement statement, List<BackendMessage> messages) {
        if (statement instanceof Statement.Set set) {
            set(set, messages);
        } else if (statement instanceof Statement.Show(String name)) {
            reported(name).ifPresent(entry -> show(entry.getKey(), entry.getValue(), messages));
        }
    }

    private void set(Statement.Set set, List<BackendMessage> messages) {
        memory.set(set.name(), set.value());
        var value = set.literal().orElse("");
        if (told.containsKey(set.name()) && !value.equals(told.put(set.name(), value))) {
            messages.add(new BackendMessage.ParameterStatus(set.name(), value));
        }
        messages.add(new BackendMessage.CommandComplete("SET"));
    }

    private static void show(String name, String value, List<BackendMessage> messages) {
        messages.add(new BackendMessage.RowDescription(List.of(Column.text(name))));
        messages.add(new BackendMessage.DataRow(List.of(Bytes.of(value))));
        messages.add(new BackendMessage.CommandComplete("SHOW"));
    }
}
