package dev.railwaypostgres.sleep.compute;

import dev.railwaypostgres.postgres.Lsn;
import dev.railwaypostgres.sleep.compute.RunningParameters.Refused;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection of pgjdbc's. What is asked stands in {@link ComputeQueries}. */
final class PostgresComputeSession implements ComputeSession {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresComputeSession.class);
    private static final Duration CHECKPOINT_TIMEOUT = Duration.ofMinutes(2);

    private final Connection connection;
    private final Duration timeout;

    PostgresComputeSession(Connection connection, Duration timeout) {
        this.connection = connection;
        this.timeout = timeout;
    }

    @Override
    public ComputeIdentity identity() {
        return only(
                ComputeQueries.IDENTITY,
                row -> new ComputeIdentity(
                        row.getString("system_identifier"),
                        row.getInt("timeline_id"),
                        row.getString("version"),
                        Lsn.parse(row.getString("position"))));
    }

    @Override
    public ActivitySnapshot activity() {
        var rows = list(ComputeQueries.ACTIVITY, ActivityRow::read);
        var backends = rows.stream().flatMap(row -> row.backend().stream()).toList();
        var first = rows.getFirst();
        return new ActivitySnapshot(first.at(), first.startedAt(), backends, first.sessions());
    }

    @Override
    public RolesSnapshot roles() {
        Map<String, String> verifiers = new HashMap<>();
        Map<String, RoleAttributes> attributes = new HashMap<>();
        for (var role : list(ComputeQueries.ROLES, RoleRow::read)) {
            verifiers.put(role.name(), role.verifier());
            role.attributes().ifPresent(its -> attributes.put(role.name(), its));
        }
        return new RolesSnapshot(verifiers, attributes, pairs(ComputeQueries.REPORTED_PARAMETERS));
    }

    @Override
    public RunningParameters parameters() {
        return only(
                ComputeQueries.PARAMETERS,
                row -> new RunningParameters(text(row, "conf"), row.getBoolean("needs_start"), refused(row)));
    }

    @Override
    public void offerParameters(String text) {
        execute(ComputeQueries.OFFER_PARAMETERS.formatted(
                Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))));
    }

    @Override
    public Lsn checkpoint() {
        try {
            connection.setNetworkTimeout(Runnable::run, Math.toIntExact(CHECKPOINT_TIMEOUT.toMillis()));
            execute(ComputeQueries.CHECKPOINT);
            execute(ComputeQueries.MARK_SUSPEND);
            var flushed = only(ComputeQueries.FLUSHED, row -> Lsn.parse(row.getString(1)));
            connection.setNetworkTimeout(Runnable::run, Math.toIntExact(timeout.toMillis()));
            return flushed;
        } catch (SQLException e) {
            throw ComputeFailures.from(e);
        }
    }

    @Override
    public void fence() {
        execute(ComputeQueries.FENCE);
    }

    @Override
    public void terminateIdle(Duration atLeast) {
        execute(ComputeQueries.TERMINATE_IDLE.formatted(atLeast.toSeconds()));
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.atDebug().setCause(e).log("A session with a compute did not end in order");
        }
    }

    private static Optional<Refused> refused(ResultSet row) throws SQLException {
        return row.getString("refused") == null
                ? Optional.empty()
                : Optional.of(new Refused(text(row, "refused"), text(row, "said")));
    }

    /** A file's contents; empty if there is no such file. */
    private static String text(ResultSet row, String column) throws SQLException {
        String text = row.getString(column);
        return text == null ? "" : text.stripTrailing();
    }

    private void execute(String statement) {
        try (var running = connection.createStatement()) {
            running.execute(statement);
        } catch (SQLException e) {
            throw ComputeFailures.from(e);
        }
    }

    private Map<String, String> pairs(String query) {
        Map<String, String> pairs = new HashMap<>();
        for (var pair : list(query, row -> Map.entry(row.getString(1), row.getString(2)))) {
            pairs.put(pair.getKey(), pair.getValue());
        }
        return pairs;
    }

    private <T> T only(String query, RowReader<T> reader) {
        return list(query, reader).getFirst();
    }

    private <T> List<T> list(String query, RowReader<T> reader) {
        try (var running = connection.createStatement();
                var rows = running.executeQuery(query)) {
            List<T> values = new ArrayList<>();
            while (rows.next()) {
                values.add(reader.read(rows));
            }
            return values;
        } catch (SQLException e) {
            throw ComputeFailures.from(e);
        }
    }

    private record RoleRow(String name, String verifier, Optional<RoleAttributes> attributes) {
        static RoleRow read(ResultSet row) throws SQLException {
            return new RoleRow(
                    row.getString("rolname"),
                    row.getString("rolpassword"),
                    RoleAttributes.of(
                            row.getBoolean("rolcanlogin"), row.getString("valid_until"), row.getBoolean("rolsuper")));
        }
    }

    /** Makes a value of the row that a result stands on. */
    @FunctionalInterface
    private interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }
}
