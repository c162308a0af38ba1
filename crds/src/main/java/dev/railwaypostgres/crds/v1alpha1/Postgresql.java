package dev.railwaypostgres.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;

/** PostgreSQL settings of the user's. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Postgresql(
        @JsonPropertyDescription(
                "Server settings by name. A running database takes them over at once; for those that take a start it gets one"
                        + " when no client would notice more than a pause. If Postgres refuses one, those before stay in"
                        + " force, and the condition Stalled says why.")
        @ValidationRule(
                value = "self.all(name, name.matches('^[a-z_][a-z0-9_]*([.][a-z_][a-z0-9_]*)?$'))",
                message = "a parameter's name has lower-case letters, digits and underscores only")
        @ValidationRule(
                value = "!self.exists(name, name in " + Postgresql.OWNED + ")",
                message =
                        "spec.postgresql.parameters holds a setting that the operator owns, one of " + Postgresql.OWNED)
        @ValidationRule(
                value = "self.all(name, !self[name].contains('\\n'))",
                message = "a parameter's value is one line")
        Map<String, String> parameters) {
    /** A list in CEL. */
    private static final String OWNED = "['include', 'include_dir', 'include_if_exists', 'listen_addresses', 'port',"
            + " 'data_directory', 'hba_file', 'ident_file', 'config_file', 'external_pid_file', 'ssl', 'ssl_cert_file',"
            + " 'ssl_key_file', 'ssl_ca_file', 'ssl_min_protocol_version', 'unix_socket_directories',"
            + " 'password_encryption', 'archive_mode', 'archive_command', 'archive_library', 'wal_level', 'fsync',"
            + " 'full_page_writes', 'logging_collector', 'log_destination']";

    public Postgresql {
        parameters = parameters == null ? Map.of() : Map.copyOf(parameters);
    }

    static Postgresql defaults() {
        return new Postgresql(Map.of());
    }
}
