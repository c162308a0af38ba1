package dev.railwaypostgres.proxy.park;

import java.util.Map;

/** Something that a statement does to what a session carries along, and the command tag that says that it has happened. */
sealed interface Change {
    String tag();

    /** @param statements make it so on another server, by the settings' names */
    record Set(Map<String, String> statements) implements Change {
        Set(String name, String statement) {
            this(Map.of(name, statement));
        }

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

    record Prepare(String name) implements Change {
        @Override
        public String tag() {
            return "PREPARE";
        }
    }

    /** @param name empty for all */
    record Deallocate(String name) implements Change {
        @Override
        public String tag() {
            return name.isEmpty() ? "DEALLOCATE ALL" : "DEALLOCATE";
        }
    }

    record Listen(String channel) implements Change {
        @Override
        public String tag() {
            return "LISTEN";
        }
    }

    /** @param channel or {@code *} */
    record Unlisten(String channel) implements Change {
        @Override
        public String tag() {
            return "UNLISTEN";
        }
    }

    record Savepoint(String name) implements Change {
        @Override
        public String tag() {
            return "SAVEPOINT";
        }
    }

    record ReleaseSavepoint(String name) implements Change {
        @Override
        public String tag() {
            return "RELEASE";
        }
    }

    record RollbackToSavepoint(String name) implements Change {
        @Override
        public String tag() {
            return "ROLLBACK";
        }
    }
}
