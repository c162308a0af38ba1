package dev.railwaypostgres.proxy.pool;

import dev.railwaypostgres.postgres.startup.StartupMessage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a server connection is for its whole life: whose it is and how it began. Clients that log in alike share connections;
 * the name of the application, which is often another one for each, is changed along the way instead.
 *
 * @param role in whose name
 * @param database within the server
 * @param settings of the startup packet, which {@code RESET} comes back to
 */
public record Profile(String role, String database, Map<String, String> settings) {
    private static final String ENDPOINT = "endpoint";
    private static final String PROTOCOL_OPTION = "_pq_.";
    private static final String APPLICATION_NAME = "application_name";

    public Profile {
        settings = Map.copyOf(settings);
    }

    /** The client's own, but for what is meant for us alone. */
    public static Profile of(StartupMessage startup) {
        var settings = new TreeMap<>(startup.parameters());
        settings.keySet().removeIf(name -> name.startsWith(PROTOCOL_OPTION));
        settings.remove("user");
        settings.remove("database");
        settings.remove(APPLICATION_NAME);
        var options = startup.options();
        if (options.labels().containsKey(ENDPOINT)) {
            settings.put("options", OptionText.of(options));
        }
        return new Profile(startup.user(), startup.database(), settings);
    }

    Map<String, String> startupParameters(String applicationName) {
        var parameters = new LinkedHashMap<>(settings);
        parameters.put("user", role);
        parameters.put("database", database);
        if (!applicationName.isEmpty()) {
            parameters.put(APPLICATION_NAME, applicationName);
        }
        return parameters;
    }
}
