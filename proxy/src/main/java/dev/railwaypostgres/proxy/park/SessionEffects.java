package dev.railwaypostgres.proxy.park;

import dev.railwaypostgres.postgres.sql.Mention;
import dev.railwaypostgres.postgres.sql.SqlText;
import dev.railwaypostgres.postgres.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a text does to the session that runs it.
 *
 * @param changes in the order in which they happen
 * @param blockers what it leaves in the server that cannot be made again
 * @param statements how many there are in it
 */
record SessionEffects(List<Change> changes, Set<ParkBlocker> blockers, int statements) {
    SessionEffects {
        changes = List.copyOf(changes);
        blockers = Collections.unmodifiableSet(
                blockers.isEmpty() ? EnumSet.noneOf(ParkBlocker.class) : EnumSet.copyOf(blockers));
    }

    /** A change to what a session carries along, and the command tag that says it has happened. */
    sealed interface Change {
        String tag();

        /** @param statement makes it so on another server */
        record Set(String name, String statement) implements Change {
            @Override
            public String tag() {
                return "SET";
            }
        }

        /**
         * Also {@code SET … TO DEFAULT}, hence the tag.
         *
         * @param name or {@code all}
         */
        record Reset(String name, String tag) implements Change {}

        record DiscardAll() implements Change {
            @Override
            public String tag() {
                return "DISCARD ALL";
            }
        }

        /** @param name empty for all */
        record Deallocate(String name) implements Change {
            @Override
            public String tag() {
                return name.isEmpty() ? "DEALLOCATE ALL" : "DEALLOCATE";
            }
        }

        /** The reason to stay is gone. */
        record Unblock(ParkBlocker blocker, String tag) implements Change {}
    }

    static SessionEffects of(String text) {
        var sql = SqlText.parse(text);
        var changes = new ArrayList<Change>();
        var blockers = EnumSet.noneOf(ParkBlocker.class);
        for (var statement : sql.statements()) {
            change(statement).ifPresent(changes::add);
            blocker(statement).ifPresent(blockers::add);
        }
        sql.mentions().forEach(mention -> blocker(mention).ifPresent(blockers::add));
        return new SessionEffects(changes, blockers, sql.statements().size());
    }

    boolean isEmpty() {
        return changes.isEmpty() && blockers.isEmpty();
    }

    private static Optional<Change> change(Statement statement) {
        return switch (statement) {
            case Statement.Set set -> Optional.ofNullable(set.local() ? null : setting(set));
            case Statement.Reset(String name) -> Optional.of(new Change.Reset(name, "RESET"));
            case Statement.Discard discard -> discarded(discard.scope());
            case Statement.Deallocate(String name) -> Optional.of(new Change.Deallocate(name));
            case Statement.Unlisten(String channel) ->
                channel.equals("*")
                        ? Optional.of(new Change.Unblock(ParkBlocker.LISTEN, "UNLISTEN"))
                        : Optional.empty();
            case Statement.CloseCursor(String name) ->
                name.isEmpty()
                        ? Optional.of(new Change.Unblock(ParkBlocker.HELD_CURSOR, "CLOSE CURSOR ALL"))
                        : Optional.empty();
            case Statement.Begin _,
                    Statement.Commit _,
                    Statement.Rollback _,
                    Statement.SetTransaction _,
                    Statement.Show _,
                    Statement.Listen _,
                    Statement.Notify _,
                    Statement.Prepare _,
                    Statement.Execute _,
                    Statement.DeclareCursor _,
                    Statement.CreateTemporary _,
                    Statement.SelectInteger _,
                    Statement.Other _ -> Optional.empty();
        };
    }

    private static Change setting(Statement.Set set) {
        return set.isDefault()
                ? new Change.Reset(set.name(), "SET")
                : new Change.Set(set.name(), SettingStatement.of(set.name(), set.value()));
    }

    private static Optional<Change> discarded(Statement.Discard.Scope scope) {
        return switch (scope) {
            case ALL -> Optional.of(new Change.DiscardAll());
            case TEMPORARY -> Optional.of(new Change.Unblock(ParkBlocker.TEMPORARY_OBJECT, "DISCARD TEMP"));
            case PLANS, SEQUENCES -> Optional.empty();
        };
    }

    private static Optional<ParkBlocker> blocker(Statement statement) {
        return switch (statement) {
            case Statement.SetTransaction(boolean session) ->
                session ? Optional.of(ParkBlocker.SETTING) : Optional.empty();
            case Statement.Listen _ -> Optional.of(ParkBlocker.LISTEN);
            case Statement.Prepare _ -> Optional.of(ParkBlocker.SQL_PREPARE);
            case Statement.DeclareCursor cursor ->
                cursor.holdable() ? Optional.of(ParkBlocker.HELD_CURSOR) : Optional.empty();
            case Statement.CreateTemporary(boolean dropsOnCommit) ->
                dropsOnCommit ? Optional.empty() : Optional.of(ParkBlocker.TEMPORARY_OBJECT);
            case Statement.Other(String keyword) ->
                keyword.equals("load") ? Optional.of(ParkBlocker.LOADED_LIBRARY) : Optional.empty();
            case Statement.Begin _,
                    Statement.Commit _,
                    Statement.Rollback _,
                    Statement.Set _,
                    Statement.Show _,
                    Statement.Reset _,
                    Statement.Discard _,
                    Statement.Unlisten _,
                    Statement.Notify _,
                    Statement.Execute _,
                    Statement.Deallocate _,
                    Statement.CloseCursor _,
                    Statement.SelectInteger _ -> Optional.empty();
        };
    }

    /** Values drawn from sequences are forgotten in a park: a session asks for them at once or not at all. */
    private static Optional<ParkBlocker> blocker(Mention mention) {
        return switch (mention) {
            case ADVISORY_LOCK -> Optional.of(ParkBlocker.ADVISORY_LOCK);
            case SET_CONFIG, RANDOM_SEED -> Optional.of(ParkBlocker.SETTING);
            case TEMPORARY_OBJECT -> Optional.of(ParkBlocker.TEMPORARY_OBJECT);
            case SEQUENCE_VALUE, BACKEND_PROCESS -> Optional.empty();
        };
    }
}
