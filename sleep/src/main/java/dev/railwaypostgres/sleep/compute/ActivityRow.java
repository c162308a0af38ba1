package dev.railwaypostgres.sleep.compute;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One row of {@link ComputeQueries#ACTIVITY}.
 *
 * @param backend empty in the one row that there is when nobody is connected
 */
record ActivityRow(Instant at, Instant startedAt, long sessions, Optional<ClientBackend> backend) {

    /** How pgBackRest names its sessions, with the command in brackets behind it. */
    private static final String BACKUP = "pgBackRest";

    static ActivityRow read(ResultSet row) throws SQLException {
        return new ActivityRow(instant(row, "at"), instant(row, "started_at"), row.getLong("sessions"), backend(row));
    }

    private static Optional<ClientBackend> backend(ResultSet row) throws SQLException {
        var pid = row.getInt("pid");
        return row.wasNull()
                ? Optional.empty()
                : Optional.of(new ClientBackend(
                        pid,
                        row.getString("role"),
                        row.getString("application_name"),
                        state(row.getString("application_name"), row.getString("state")),
                        instant(row, "state_change"),
                        nullableInstant(row, "xact_start"),
                        row.getString("client_addr")));
    }

    /** Whatever is not known to be harmless counts as work: {@code disabled}, when {@code track_activities} is off. */
    private static ClientBackend.State state(String application, @Nullable String text) {
        if (application.startsWith(BACKUP)) {
            return ClientBackend.State.BACKING_UP;
        }
        return switch (text) {
            case null -> ClientBackend.State.STARTING;
            case "starting" -> ClientBackend.State.STARTING;
            case "idle" -> ClientBackend.State.IDLE;
            case "idle in transaction" -> ClientBackend.State.IN_TRANSACTION;
            case "idle in transaction (aborted)" -> ClientBackend.State.IN_FAILED_TRANSACTION;
            default -> ClientBackend.State.ACTIVE;
        };
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(nullableInstant(row, column), column);
    }

    private static @Nullable Instant nullableInstant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
