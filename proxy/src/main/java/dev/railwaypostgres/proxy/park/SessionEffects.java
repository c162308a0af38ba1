package dev.railwaypostgres.proxy.park;

import dev.railwaypostgres.postgres.sql.Mention;
import dev.railwaypostgres.postgres.sql.SqlText;
import dev.railwaypostgres.postgres.sql.Statement;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a text does to the session that runs it.
 *
 * @param changes in the order in which they happen
 * @param pins what it may leave in the server that cannot be made again
 * @param configured settings that it changes by {@code set_config}
 * @param recallsSequence it asks for the last value that the session drew from a sequence
 * @param namesStatements it speaks of prepared statements by their names
 * @param altersDefaults it changes what sessions begin with, those that are to come
 * @param isBegin it only begins a transaction, which is no work yet
 */
public record SessionEffects(
        List<Change> changes,
        Set<Pin> pins,
        Set<String> configured,
        boolean recallsSequence,
        boolean namesStatements,
        boolean altersDefaults,
        boolean isBegin) {
    /** Of the many that only read and write rows. */
    public static final SessionEffects NONE =
            new SessionEffects(List.of(), Set.of(), Set.of(), false, false, false, false);

    /** Of {@code BEGIN}. */
    public static final SessionEffects BEGIN =
            new SessionEffects(List.of(), Set.of(), Set.of(), false, false, false, true);

    private static final String SEED = "seed";

    public SessionEffects {
        changes = List.copyOf(changes);
        pins = pins.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(pins));
        configured = Set.copyOf(configured);
    }

    public static SessionEffects of(String text) {
        var sql = SqlText.parse(text);
        var changes = sql.statements().stream()
                .flatMap(statement -> change(statement).stream())
                .toList();
        var pins = EnumSet.noneOf(Pin.class);
        sql.statements().forEach(statement -> pin(statement).ifPresent(pins::add));
        sql.mentions().forEach(mention -> pin(mention).ifPresent(pins::add));
        return new SessionEffects(
                changes,
                pins,
                sql.configured(),
                sql.mentions().contains(Mention.SEQUENCE_RECALL),
                sql.statements().stream().anyMatch(SessionEffects::namesStatement),
                sql.statements().stream().anyMatch(Statement.AlterDefaults.class::isInstance),
                false);
    }

    /** Nothing follows from it. */
    public boolean isEmpty() {
        return changes.isEmpty() && pins.isEmpty() && !altersDefaults;
    }

    /** It makes prepared statements, or closes some. */
    boolean changesNames() {
        return changes.stream()
                .anyMatch(change -> change instanceof Change.Prepare
                        || change instanceof Change.Deallocate
                        || change instanceof Change.DiscardAll);
    }

    private static boolean namesStatement(Statement statement) {
        return statement instanceof Statement.Execute
                || statement instanceof Statement.Deallocate
                || statement instanceof Statement.Prepare;
    }

    private static Optional<Change> change(Statement statement) {
        return switch (statement) {
            case Statement.Set set -> Optional.ofNullable(isKept(set) ? setting(set) : null);
            case Statement.SetTransaction(boolean session, String modes) ->
                session ? Optional.of(new Change.Set(SettingStatement.ofTransactions(modes))) : Optional.empty();
            case Statement.Reset(String name) -> Optional.of(new Change.Reset(name, "RESET"));
            case Statement.Discard(var scope) ->
                scope == Statement.Discard.Scope.ALL ? Optional.of(new Change.DiscardAll()) : Optional.empty();
            case Statement.Prepare(String name) -> Optional.of(new Change.Prepare(name));
            case Statement.Deallocate(String name) -> Optional.of(new Change.Deallocate(name));
            case Statement.Listen(String channel) -> Optional.of(new Change.Listen(channel));
            case Statement.Unlisten(String channel) -> Optional.of(new Change.Unlisten(channel));
            case Statement.Savepoint(String name) -> Optional.of(new Change.Savepoint(name));
            case Statement.ReleaseSavepoint(String name) -> Optional.of(new Change.ReleaseSavepoint(name));
            case Statement.RollbackToSavepoint(String name) -> Optional.of(new Change.RollbackToSavepoint(name));
            case Statement.Begin _,
                    Statement.Commit _,
                    Statement.Rollback _,
                    Statement.Show _,
                    Statement.AlterDefaults _,
                    Statement.Notify _,
                    Statement.Execute _,
                    Statement.DeclareCursor _,
                    Statement.CloseCursor _,
                    Statement.CreateTemporary _,
                    Statement.SelectInteger _,
                    Statement.Other _ -> Optional.empty();
        };
    }

    /** Of some the session keeps nothing: they end with the transaction, or cannot be read back. */
    private static boolean isKept(Statement.Set set) {
        return !set.local()
                && !set.name().startsWith("transaction_")
                && !set.name().equals(SEED);
    }

    private static Change setting(Statement.Set set) {
        return set.isDefault()
                ? new Change.Reset(set.name(), "SET")
                : new Change.Set(set.name(), SettingStatement.of(set.name(), set.value()));
    }

    private static Optional<Pin> pin(Statement statement) {
        return switch (statement) {
            case Statement.Set set -> set.name().equals(SEED) ? Optional.of(Pin.RANDOM_SEED) : Optional.empty();
            case Statement.Prepare _ -> Optional.of(Pin.SQL_PREPARE);
            case Statement.DeclareCursor cursor -> cursor.holdable() ? Optional.of(Pin.HELD_CURSOR) : Optional.empty();
            case Statement.CreateTemporary(boolean dropsOnCommit) ->
                dropsOnCommit ? Optional.empty() : Optional.of(Pin.TEMPORARY_OBJECT);
            case Statement.Other(String keyword) ->
                keyword.equals("load") ? Optional.of(Pin.LOADED_LIBRARY) : Optional.empty();
            case Statement.Begin _,
                    Statement.Commit _,
                    Statement.Rollback _,
                    Statement.Savepoint _,
                    Statement.ReleaseSavepoint _,
                    Statement.RollbackToSavepoint _,
                    Statement.SetTransaction _,
                    Statement.Show _,
                    Statement.Reset _,
                    Statement.Discard _,
                    Statement.Listen _,
                    Statement.Unlisten _,
                    Statement.AlterDefaults _,
                    Statement.Notify _,
                    Statement.Execute _,
                    Statement.Deallocate _,
                    Statement.CloseCursor _,
                    Statement.SelectInteger _ -> Optional.empty();
        };
    }

    private static Optional<Pin> pin(Mention mention) {
        return switch (mention) {
            case ADVISORY_LOCK -> Optional.of(Pin.ADVISORY_LOCK);
            case SET_CONFIG, UNKNOWN_CALL -> Optional.of(Pin.UNKNOWN_CALL);
            case RANDOM_SEED -> Optional.of(Pin.RANDOM_SEED);
            case TEMPORARY_OBJECT -> Optional.of(Pin.TEMPORARY_OBJECT);
            case SEQUENCE_RECALL -> Optional.of(Pin.SEQUENCE_VALUE);
            case SEQUENCE_DRAW, BACKEND_PROCESS -> Optional.empty();
        };
    }
}
