package dev.railwaypostgres.archive.server;

import dev.railwaypostgres.postgres.ErrorFields;
import dev.railwaypostgres.postgres.SqlState;

/** A command that cannot be answered, in Postgres' words where it has some. The session goes on. */
final class Refusal extends Exception {
    static final SqlState UNDEFINED_FILE = new SqlState("58P01");

    private final transient ErrorFields fields;

    Refusal(SqlState state, String message) {
        super(message, null, false, false);
        this.fields = ErrorFields.error(state, message);
    }

    ErrorFields fields() {
        return fields;
    }
}
