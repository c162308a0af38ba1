package dev.railwaypostgres.postgres;

import java.util.regex.Pattern;

/**
 * A five-character error code, see appendix A of Postgres' manual. The constants are those that we send or decide upon;
 * any other code passes as it is.
 */
public record SqlState(String code) {
    /** First of all: the constants below are checked by it. */
    private static final Pattern SHAPE = Pattern.compile("[0-9A-Z]{5}");

    public static final SqlState SUCCESSFUL_COMPLETION = new SqlState("00000");
    public static final SqlState WARNING = new SqlState("01000");
    public static final SqlState CONNECTION_FAILURE = new SqlState("08006");
    public static final SqlState PROTOCOL_VIOLATION = new SqlState("08P01");
    public static final SqlState FEATURE_NOT_SUPPORTED = new SqlState("0A000");
    public static final SqlState INVALID_PARAMETER_VALUE = new SqlState("22023");
    public static final SqlState ACTIVE_SQL_TRANSACTION = new SqlState("25001");
    public static final SqlState NO_ACTIVE_SQL_TRANSACTION = new SqlState("25P01");
    public static final SqlState IN_FAILED_SQL_TRANSACTION = new SqlState("25P02");
    public static final SqlState IDLE_IN_TRANSACTION_SESSION_TIMEOUT = new SqlState("25P03");
    public static final SqlState INVALID_SQL_STATEMENT_NAME = new SqlState("26000");
    public static final SqlState INVALID_AUTHORIZATION = new SqlState("28000");
    public static final SqlState INVALID_PASSWORD = new SqlState("28P01");
    public static final SqlState INVALID_CURSOR_NAME = new SqlState("34000");
    public static final SqlState UNKNOWN_DATABASE = new SqlState("3D000");
    public static final SqlState SYNTAX_ERROR = new SqlState("42601");
    public static final SqlState INSUFFICIENT_PRIVILEGE = new SqlState("42501");
    public static final SqlState UNDEFINED_OBJECT = new SqlState("42704");
    public static final SqlState DUPLICATE_CURSOR = new SqlState("42P03");
    public static final SqlState DUPLICATE_PREPARED_STATEMENT = new SqlState("42P05");
    public static final SqlState TOO_MANY_CONNECTIONS = new SqlState("53300");
    public static final SqlState CONFIGURATION_LIMIT_EXCEEDED = new SqlState("53400");
    public static final SqlState PROGRAM_LIMIT_EXCEEDED = new SqlState("54000");
    public static final SqlState OBJECT_NOT_IN_PREREQUISITE_STATE = new SqlState("55000");
    public static final SqlState OBJECT_IN_USE = new SqlState("55006");
    public static final SqlState CANNOT_CHANGE_PARAMETER_NOW = new SqlState("55P02");
    public static final SqlState QUERY_CANCELED = new SqlState("57014");
    public static final SqlState ADMIN_SHUTDOWN = new SqlState("57P01");
    public static final SqlState CRASH_SHUTDOWN = new SqlState("57P02");
    public static final SqlState CANNOT_CONNECT_NOW = new SqlState("57P03");
    public static final SqlState DATABASE_DROPPED = new SqlState("57P04");
    public static final SqlState IDLE_SESSION_TIMEOUT = new SqlState("57P05");
    public static final SqlState CONFIG_FILE_ERROR = new SqlState("F0000");
    public static final SqlState INTERNAL_ERROR = new SqlState("XX000");

    public SqlState {
        if (!SHAPE.matcher(code).matches()) {
            throw new IllegalArgumentException("a SQLSTATE is five digits or capital letters, not: " + code);
        }
    }

    /** The first two characters, shared by all codes of one kind: {@code 08} connection, {@code 28} login, … */
    public String errorClass() {
        return code.substring(0, 2);
    }

    @Override
    public String toString() {
        return code;
    }
}
