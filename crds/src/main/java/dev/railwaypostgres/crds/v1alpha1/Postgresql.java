package dev.railwaypostgres.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;

/** PostgreSQL settings of the user's. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Postgresql(
        @JsonPropertyDescription(
                "Server settings by name, as in postgresql.conf. Those that need a restart get one when no"
                        + " client would notice more than a pause.")
        @ValidationRule(
                value = "self.all(name, name.matches('^[a-z_][a-z0-9_]*([.][a-z_][a-z0-9_]*)?$'))",
                message = "a parameter's name has lower-case letters, digits and underscores only")
        @ValidationRule(
                value = "self.all(name, !(name in ['listen_addresses', 'port', 'data_directory', 'hba_file',"
                        + " 'ident_file', 'config_file', 'external_pid_file', 'ssl', 'ssl_cert_file',"
                        + " 'ssl_key_file', 'ssl_ca_file', 'unix_socket_directories', 'password_encryption',"
                        + " 'archive_mode', 'archive_command', 'archive_library', 'wal_level', 'fsync',"
                        + " 'full_page_writes', 'logging_collector', 'log_destination']))",
                message = "spec.postgresql.parameters holds a setting that the operator owns")
        @ValidationRule(
                value = "self.all(name, !self[name].contains('\\n'))",
                message = "a parameter's value is one line")
        Map<String, String> parameters) {
    public Postgresql {
        parameters = parameters == null ? Map.of() : Map.copyOf(parameters);
    }

    static Postgresql defaults() {
        return new Postgresql(Map.of());
    }
}
