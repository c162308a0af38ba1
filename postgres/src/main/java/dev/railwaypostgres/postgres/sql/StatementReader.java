package dev.railwaypostgres.postgres.sql;

import dev.railwaypostgres.postgres.sql.Token.Kind;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Tells the kinds of statements apart. Whatever is not exactly as expected is {@code Other}. */
final class StatementReader {
    private static final String MODE = "(isolation level (serializable|repeatable read|read committed|read uncommitted)"
            + "|read only|read write|(not )?deferrable)";
    private static final Pattern MODES = Pattern.compile("(" + MODE + "(,? " + MODE + ")*)?");

    private final Clause clause;

    StatementReader(Clause clause) {
        this.clause = clause;
    }

    Statement read(boolean dropsOnCommit) {
        var first = clause.token();
        var known = first.kind() == Kind.WORD ? readAfter(first.text(), dropsOnCommit) : Optional.<Statement>empty();
        return known.orElseGet(() -> new Statement.Other(first.text()));
    }

    private Optional<Statement> readAfter(String keyword, boolean dropsOnCommit) {
        return switch (keyword) {
            case "begin" -> begin(false);
            case "start" -> clause.accept("transaction") ? begin(true) : Optional.empty();
            case "commit", "end" -> transactionEnd(Statement.Commit::new);
            case "rollback" -> rollback();
            case "abort" -> transactionEnd(Statement.Rollback::new);
            case "alter" -> alterDefaults();
            case "savepoint" -> lastName().map(Statement.Savepoint::new);
            case "release" -> savepoint().map(Statement.ReleaseSavepoint::new);
            case "set" -> set();
            case "show" -> settingName().filter(_ -> clause.isAtEnd()).map(Statement.Show::new);
            case "reset" -> settingName().filter(_ -> clause.isAtEnd()).map(Statement.Reset::new);
            case "discard" -> discard();
            case "listen" -> lastName().map(Statement.Listen::new);
            case "unlisten" -> unlisten();
            case "notify" -> clause.name().map(Statement.Notify::new);
            case "prepare" ->
                clause.accept("transaction") ? Optional.empty() : clause.name().map(Statement.Prepare::new);
            case "execute" -> clause.name().map(Statement.Execute::new);
            case "deallocate" -> deallocate();
            case "declare" -> declare();
            case "close" -> lastName().map(StatementReader::allIsEmpty).map(Statement.CloseCursor::new);
            case "create" -> createTemporary(dropsOnCommit);
            case "select" -> selectInteger();
            default -> Optional.empty();
        };
    }

    private Optional<Statement> begin(boolean isStart) {
        if (!clause.accept("work")) {
            clause.accept("transaction");
        }
        var modes = clause.remainingWords();
        return MODES.matcher(modes).matches() ? Optional.of(new Statement.Begin(modes, isStart)) : Optional.empty();
    }

    private String modes() {
        var modes = clause.remainingWords();
        return MODES.matcher(modes).matches() ? modes : "";
    }

    private Optional<Statement> transactionEnd(Function<Boolean, Statement> kind) {
        if (!clause.accept("work")) {
            clause.accept("transaction");
        }
        boolean chain = clause.accept("and", "chain");
        if (!chain && clause.accept("and", "no")) {
            clause.accept("chain");
        }
        return clause.isAtEnd() ? Optional.of(kind.apply(chain)) : Optional.empty();
    }

    private Optional<Statement> alterDefaults() {
        boolean isOfSessions = clause.accept("role") || clause.accept("user") || clause.accept("database");
        boolean changes = isOfSessions && (clause.has("set") || clause.has("reset"));
        return changes ? Optional.of(new Statement.AlterDefaults()) : Optional.empty();
    }

    private Optional<Statement> rollback() {
        if (!clause.accept("work")) {
            clause.accept("transaction");
        }
        return clause.accept("to")
                ? savepoint().map(Statement.RollbackToSavepoint::new)
                : transactionEnd(Statement.Rollback::new);
    }

    private Optional<String> savepoint() {
        clause.accept("savepoint");
        return lastName();
    }

    private Optional<Statement> set() {
        if (clause.accept("constraints")) {
            return Optional.empty();
        }
        if (clause.accept("transaction")) {
            return Optional.of(new Statement.SetTransaction(false, modes()));
        }
        if (clause.accept("session", "characteristics")) {
            clause.accept("as", "transaction");
            return Optional.of(new Statement.SetTransaction(true, modes()));
        }
        boolean local = clause.accept("local");
        return assignment(local);
    }

    /** {@code SESSION AUTHORIZATION} is a setting, {@code SESSION} before any other only a word. */
    private Optional<Statement> assignment(boolean local) {
        return assignedName()
                .filter(_ -> !clause.isAtEnd())
                .map(name -> new Statement.Set(local, name.toLowerCase(Locale.ROOT), clause.rest()));
    }

    private Optional<String> assignedName() {
        if (clause.accept("session", "authorization")) {
            return Optional.of("session_authorization");
        }
        clause.accept("session");
        return specialName().or(() -> clause.dottedName().filter(_ -> clause.acceptSymbol('=') || clause.accept("to")));
    }

    private Optional<String> specialName() {
        if (clause.accept("time", "zone")) {
            return Optional.of("timezone");
        }
        if (clause.accept("names")) {
            return Optional.of("client_encoding");
        }
        if (clause.accept("schema")) {
            return Optional.of("search_path");
        }
        return clause.acceptRole() ? Optional.of("role") : Optional.empty();
    }

    private Optional<String> settingName() {
        if (clause.accept("time", "zone")) {
            return Optional.of("timezone");
        }
        if (clause.accept("session", "authorization")) {
            return Optional.of("session_authorization");
        }
        if (clause.accept("transaction", "isolation") && clause.accept("level")) {
            return Optional.of("transaction_isolation");
        }
        return clause.dottedName().map(name -> name.toLowerCase(Locale.ROOT));
    }

    private Optional<Statement> discard() {
        return lastName().flatMap(StatementReader::discardScope).map(Statement.Discard::new);
    }

    private static Optional<Statement.Discard.Scope> discardScope(String name) {
        return switch (name) {
            case "all" -> Optional.of(Statement.Discard.Scope.ALL);
            case "plans" -> Optional.of(Statement.Discard.Scope.PLANS);
            case "sequences" -> Optional.of(Statement.Discard.Scope.SEQUENCES);
            case "temp", "temporary" -> Optional.of(Statement.Discard.Scope.TEMPORARY);
            default -> Optional.empty();
        };
    }

    private Optional<Statement> unlisten() {
        return clause.acceptSymbol('*')
                ? Optional.of(new Statement.Unlisten("*"))
                : lastName().map(Statement.Unlisten::new);
    }

    private Optional<Statement> deallocate() {
        clause.accept("prepare");
        return lastName().map(StatementReader::allIsEmpty).map(Statement.Deallocate::new);
    }

    private Optional<String> lastName() {
        return clause.name().filter(_ -> clause.isAtEnd());
    }

    private static String allIsEmpty(String name) {
        return name.equals("all") ? "" : name;
    }

    private Optional<Statement> declare() {
        return clause.name()
                .filter(_ -> clause.skipPast("cursor"))
                .map(name -> new Statement.DeclareCursor(name, clause.accept("with", "hold")));
    }

    private Optional<Statement> createTemporary(boolean dropsOnCommit) {
        clause.accept("or", "replace");
        if (!clause.accept("global")) {
            clause.accept("local");
        }
        boolean temporary = clause.accept("temp") || clause.accept("temporary");
        return temporary ? Optional.of(new Statement.CreateTemporary(dropsOnCommit)) : Optional.empty();
    }

    private Optional<Statement> selectInteger() {
        if (clause.isAtEnd()) {
            return Optional.empty();
        }
        var token = clause.token();
        boolean plain = token.kind() == Kind.NUMBER && token.text().matches("[0-9]{1,9}") && clause.isAtEnd();
        return plain ? Optional.of(new Statement.SelectInteger(Integer.parseInt(token.text()))) : Optional.empty();
    }
}
