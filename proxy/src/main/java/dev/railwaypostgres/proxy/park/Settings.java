package dev.railwaypostgres.proxy.park;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What a session, or a server connection, has set since its beginning.
 *
 * @param statements make it so, by the settings' names, in the order in which it was done
 */
public record Settings(Map<String, String> statements) {
    public static final Settings NONE = new Settings(Map.of());

    static final String ROLE = "role";
    private static final String APPLICATION_NAME = "application_name";
    private static final String AUTHORIZATION = "session_authorization";

    /** Who one is. Not reset by {@code RESET ALL}; changed back first, since it decides what else may be done. */
    private static final Set<String> IDENTITY = Set.of(ROLE, AUTHORIZATION);

    public Settings {
        statements = Collections.unmodifiableMap(new LinkedHashMap<>(statements));
    }

    /** Of the texts that make them. Characters. */
    int length() {
        return statements.values().stream().mapToInt(String::length).sum();
    }

    /** As it was set; empty if it was not. */
    String searchPath() {
        return statements.getOrDefault("search_path", "");
    }

    /** Those of a session that has only told its name. */
    public static Settings ofApplication(String applicationName) {
        return NONE.with(
                APPLICATION_NAME, SettingStatement.of(APPLICATION_NAME, SettingStatement.literal(applicationName)));
    }

    /** These, but for the name of the application. */
    Settings withoutApplication() {
        var changed = new LinkedHashMap<>(statements);
        changed.remove(APPLICATION_NAME);
        return new Settings(changed);
    }

    Settings with(String name, String statement) {
        var changed = new LinkedHashMap<>(statements);
        changed.remove(name);
        changed.put(name, statement);
        return new Settings(changed);
    }

    /**
     * @param name or {@code all}
     * @param initial what a session comes back to
     */
    Settings reset(String name, Settings initial) {
        var changed = new LinkedHashMap<>(statements);
        if (name.equals("all")) {
            changed.keySet().retainAll(IDENTITY);
            changed.putAll(initial.statements);
        } else {
            changed.remove(name);
            var again = initial.statements.get(name);
            if (again != null) {
                changed.put(name, again);
            }
        }
        return new Settings(changed);
    }

    /**
     * The statements that make another session's settings out of these.
     *
     * @param isStained there may be more than these, and nobody knows what
     * @return empty if there is nothing to do
     */
    // Most sessions have the very same settings.
    @SuppressWarnings("ReferenceEquality")
    public String changeTo(Settings wanted, boolean isStained) {
        if (!isStained && (wanted == this || wanted.statements.equals(statements))) {
            return "";
        }
        var sql = new StringBuilder();
        if (isOther(AUTHORIZATION, wanted)) {
            sql.append("RESET SESSION AUTHORIZATION;");
        } else if (isOther(ROLE, wanted)) {
            sql.append("RESET ROLE;");
        }
        if (isStained) {
            sql.append("RESET ALL;");
        } else {
            reset(wanted, sql);
        }
        wanted.statements.forEach((name, statement) -> {
            if (isStained || !statement.equals(statements.get(name)) || IDENTITY.contains(name)) {
                sql.append(statement).append(';');
            }
        });
        return sql.toString();
    }

    /** These without what a server connection has had from its beginning: {@code RESET} leads back to that. */
    @SuppressWarnings("ReferenceEquality")
    public Settings beyond(Settings begunWith) {
        if (this == begunWith || statements.equals(begunWith.statements)) {
            return NONE;
        }
        var more = new LinkedHashMap<>(statements);
        more.entrySet().removeAll(begunWith.statements.entrySet());
        return new Settings(more);
    }

    static boolean isIdentity(String name) {
        return IDENTITY.contains(name);
    }

    private boolean isOther(String name, Settings wanted) {
        return !Objects.equals(statements.get(name), wanted.statements.get(name));
    }

    private void reset(Settings wanted, StringBuilder sql) {
        for (var name : statements.keySet()) {
            if (!wanted.statements.containsKey(name) && !IDENTITY.contains(name)) {
                sql.append(SettingStatement.reset(name)).append(';');
            }
        }
    }
}
