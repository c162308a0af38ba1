package dev.railwaypostgres.proxy.session;

import dev.railwaypostgres.postgres.startup.StartupMessage;
import dev.railwaypostgres.proxy.operator.RoleSnapshot;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The settings that a client is told at its login, before any server is asked: those of the last snapshot, as far as the
 * client has not chosen others. What turns out otherwise is told when a server is there.
 */
final class Greeting {
    private Greeting() {}

    static Map<String, String> parameters(RoleSnapshot snapshot, StartupMessage startup) {
        var chosen = new HashMap<String, String>();
        startup.options().settings().forEach((name, value) -> chosen.put(name.toLowerCase(Locale.ROOT), value));
        startup.parameters().forEach((name, value) -> chosen.put(name.toLowerCase(Locale.ROOT), value));
        var told = new TreeMap<>(snapshot.parameters());
        told.put("application_name", startup.applicationName().orElse(""));
        told.put("session_authorization", startup.user());
        told.put("is_superuser", snapshot.isSuperuser(startup.user()) ? "on" : "off");
        told.replaceAll((name, value) -> asReported(name, value, chosen.get(name.toLowerCase(Locale.ROOT))));
        return told;
    }

    private static String asReported(String name, String snapshot, @Nullable String chosen) {
        if (chosen == null) {
            return snapshot;
        }
        return switch (name) {
            case "client_encoding" -> encoding(chosen);
            case "DateStyle" -> dateStyle(chosen, snapshot);
            default -> chosen;
        };
    }

    private static String encoding(String chosen) {
        var name = chosen.replace("'", "").toUpperCase(Locale.ROOT);
        return switch (name) {
            case "UTF-8", "UTF8", "UNICODE" -> "UTF8";
            default -> name;
        };
    }

    /** A client may name only the style; the server always reports the order of day and month with it. */
    private static String dateStyle(String chosen, String snapshot) {
        int comma = snapshot.indexOf(',');
        return chosen.contains(",") || comma < 0 ? chosen : chosen + snapshot.substring(comma);
    }
}
