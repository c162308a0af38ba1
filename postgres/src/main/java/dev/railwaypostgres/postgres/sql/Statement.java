package dev.railwaypostgres.postgres.sql;

import java.util.Optional;

/** One SQL statement, as far as a session cares. Names without quotes are in lower case, as Postgres folds them. */
public sealed interface Statement {
    /**
     * @param modes in lower case: {@code isolation level serializable, read only}; empty for none
     * @param isStart written as {@code START TRANSACTION}, and answered so
     */
    record Begin(String modes, boolean isStart) implements Statement {
        public String tag() {
            return isStart ? "START TRANSACTION" : "BEGIN";
        }
    }

    /** Also {@code END}. */
    record Commit(boolean chain) implements Statement {}

    /** Also {@code ABORT}; not to a savepoint. */
    record Rollback(boolean chain) implements Statement {}

    record Savepoint(String name) implements Statement {}

    record ReleaseSavepoint(String name) implements Statement {}

    record RollbackToSavepoint(String name) implements Statement {}

    /**
     * Changes a setting. The special forms have the setting's name: {@code SET TIME ZONE} is {@code timezone}, {@code SET
     * NAMES} {@code client_encoding}, {@code SET SCHEMA} {@code search_path}, {@code SET ROLE} {@code role}.
     *
     * @param local ends with the transaction
     * @param value as written, quotes and all
     */
    record Set(boolean local, String name, String value) implements Statement {
        public boolean isDefault() {
            return value.equalsIgnoreCase("default");
        }

        /** The value itself when it is one plain word, string or number. */
        public Optional<String> literal() {
            return Tokens.single(value);
        }
    }

    /**
     * Of this transaction, or of those to come.
     *
     * @param modes in lower case, like those of {@link Begin}; what is not one of them is left out
     */
    record SetTransaction(boolean session, String modes) implements Statement {}

    /** @param name of the setting, or {@code all} */
    record Show(String name) implements Statement {}

    /** @param name of the setting, or {@code all} */
    record Reset(String name) implements Statement {}

    record Discard(Scope scope) implements Statement {
        /** What is thrown away. */
        public enum Scope {
            ALL,
            PLANS,
            SEQUENCES,
            TEMPORARY
        }
    }

    record Listen(String channel) implements Statement {}

    /** @param channel or {@code *} */
    record Unlisten(String channel) implements Statement {}

    /** Of the settings that sessions of a role or a database begin with. */
    record AlterDefaults() implements Statement {}

    record Notify(String channel) implements Statement {}

    record Prepare(String name) implements Statement {}

    record Execute(String name) implements Statement {}

    /** @param name empty for all */
    record Deallocate(String name) implements Statement {}

    /** @param holdable outlives its transaction */
    record DeclareCursor(String name, boolean holdable) implements Statement {}

    /** @param name empty for all */
    record CloseCursor(String name) implements Statement {}

    /** @param dropsOnCommit gone with the transaction */
    record CreateTemporary(boolean dropsOnCommit) implements Statement {}

    /** {@code SELECT 1}: the commonest way to ask whether a connection lives. */
    record SelectInteger(int value) implements Statement {}

    /** @param keyword the first word, or symbol, of anything else */
    record Other(String keyword) implements Statement {}
}
