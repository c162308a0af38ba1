package dev.railwaypostgres.proxy.route;

import dev.railwaypostgres.postgres.startup.StartupMessage;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The three ways in which a client can say where it wants to go.
 *
 * @param serverName what it asked for in TLS (SNI), if anything
 * @param endpointOption {@code endpoint=…} in the startup packet's {@code options}, if there
 * @param databaseName the Postgres database
 */
public record RouteRequest(
        @Nullable String serverName, @Nullable String endpointOption, String databaseName) {
    /** The word in {@code options} that is ours. */
    static final String ENDPOINT = "endpoint";

    public static RouteRequest of(@Nullable String serverName, StartupMessage startup) {
        return new RouteRequest(serverName, startup.options().labels().get(ENDPOINT), startup.database());
    }

    /** It names one of our databases, by its host name or by an option. */
    public boolean namesEndpoint(@Nullable String domain) {
        return endpointOption != null || endpointFromServerName(domain).isPresent();
    }

    /** The first label of the host name below the proxy's own domain; empty for every other host name. */
    Optional<String> endpointFromServerName(@Nullable String domain) {
        if (serverName == null || domain == null) {
            return Optional.empty();
        }
        var name = withoutDot(serverName.toLowerCase(Locale.ROOT));
        var suffix = "." + withoutDot(domain.toLowerCase(Locale.ROOT));
        return name.endsWith(suffix)
                ? Optional.of(name.substring(0, name.length() - suffix.length()))
                : Optional.empty();
    }

    private static String withoutDot(String name) {
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }
}
