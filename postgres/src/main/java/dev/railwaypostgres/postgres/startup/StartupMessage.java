package dev.railwaypostgres.postgres.startup;

import dev.railwaypostgres.postgres.ProtocolVersion;
import dev.railwaypostgres.postgres.ProtocolViolation;
import dev.railwaypostgres.postgres.SqlState;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who wants to log in where, and with which settings.
 *
 * @param version what the client asks for; a minor version above ours is to be negotiated down
 * @param parameters in the order of the packet; of one that comes twice the last counts, as in Postgres
 */
public record StartupMessage(ProtocolVersion version, Map<String, String> parameters) {
    private static final String PROTOCOL_OPTION = "_pq_.";

    public StartupMessage {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /**
     * @throws ProtocolViolation when there is none, with the code and text of Postgres
     */
    public String user() {
        return nonEmpty("user")
                .orElseThrow(() -> new ProtocolViolation(
                        SqlState.INVALID_AUTHORIZATION, "no PostgreSQL user name specified in startup packet"));
    }

    /** Named like the user when the client names none. */
    public String database() {
        return nonEmpty("database").orElseGet(this::user);
    }

    public Optional<String> applicationName() {
        return nonEmpty("application_name");
    }

    /** Command-line options for the session, empty when the client gives none. */
    public StartupOptions options() {
        return StartupOptions.parse(parameters.getOrDefault("options", ""));
    }

    /**
     * @throws ProtocolViolation when the client asks for something else, with the code and text of Postgres
     */
    public Replication replication() {
        return Replication.parse(parameters.getOrDefault("replication", "false"));
    }

    /** Short for "any kind of replication". */
    public boolean isReplication() {
        return replication() != Replication.NONE;
    }

    /** Names of asked extensions of the protocol itself. None is known yet, so all of them are to be declined. */
    public List<String> protocolOptions() {
        return parameters.keySet().stream()
                .filter(name -> name.startsWith(PROTOCOL_OPTION))
                .toList();
    }

    private Optional<String> nonEmpty(String name) {
        return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isEmpty());
    }
}
