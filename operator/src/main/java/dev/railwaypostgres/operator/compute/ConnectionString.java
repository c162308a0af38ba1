package dev.railwaypostgres.operator.compute;

import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabaseStatus.Endpoint;
import dev.railwaypostgres.sleep.compute.Password;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * How an application connects to a database: the entries of its connection Secret, in the words of the Service Binding
 * specification.
 *
 * @param endpoint the proxy's address, and the name by which it finds the database
 */
record ConnectionString(Endpoint endpoint, String database, String role, Password password) {
    private static final String SSL_MODE = "require";

    Map<String, String> entries() {
        return new TreeMap<>(Map.of(
                "type",
                "postgresql",
                "provider",
                "railway-postgres",
                "host",
                host(),
                "port",
                port(),
                "database",
                database,
                "username",
                role,
                "password",
                password.value(),
                "uri",
                uri(),
                "sslmode",
                SSL_MODE));
    }

    /** Percent-encoded by RFC 3986, which libpq, JDBC and all others read alike. */
    String uri() {
        return "postgresql://%s:%s@%s:%s/%s?sslmode=%s%s"
                .formatted(
                        encoded(role),
                        encoded(password.value()),
                        host(),
                        port(),
                        encoded(database),
                        SSL_MODE,
                        options());
    }

    /** A host name of its own routes by itself (TLS tells it to the proxy); otherwise an option has to. */
    private String options() {
        var name = Objects.requireNonNullElse(endpoint.name(), "");
        return host().startsWith(name + ".") ? "" : "&options=" + encoded("endpoint=" + name);
    }

    private String host() {
        return Objects.requireNonNullElse(endpoint.host(), "");
    }

    private String port() {
        return String.valueOf(Objects.requireNonNullElse(endpoint.port(), 5432));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "ConnectionString[" + role + "@" + host() + ":" + port() + "/" + database + "]";
    }
}
