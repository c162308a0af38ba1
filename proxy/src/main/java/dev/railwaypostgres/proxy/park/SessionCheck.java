package dev.railwaypostgres.proxy.park;

import dev.railwaypostgres.postgres.Bytes;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Asks a server what a session has left in it: what is set, what is listened to, and what cannot be made again.
 */
final class SessionCheck {
    private static final String SETTING = "setting";
    private static final String CHANNEL = "channel";
    private static final String USER = "user";

    /** Three columns: what it is, its name, its value. Names are qualified, since a search path is the client's to choose. */
    private static final String QUERY = """
            SELECT 'setting', name, pg_catalog.current_setting(name)
              FROM pg_catalog.pg_settings WHERE source OPERATOR(pg_catalog.=) 'session'
            UNION ALL SELECT 'user', CURRENT_USER::pg_catalog.text, SESSION_USER::pg_catalog.text
            UNION ALL SELECT 'channel', channel, NULL FROM pg_catalog.pg_listening_channels() AS l(channel)
            UNION ALL SELECT 'ADVISORY_LOCK', NULL, NULL WHERE EXISTS (SELECT FROM pg_catalog.pg_locks
              WHERE locktype OPERATOR(pg_catalog.=) 'advisory' AND pid OPERATOR(pg_catalog.=) pg_catalog.pg_backend_pid())
            UNION ALL SELECT 'HELD_CURSOR', NULL, NULL WHERE EXISTS (SELECT FROM pg_catalog.pg_cursors WHERE is_holdable)
            UNION ALL SELECT 'SQL_PREPARE', NULL, NULL
              WHERE EXISTS (SELECT FROM pg_catalog.pg_prepared_statements WHERE from_sql)
            UNION ALL SELECT 'REPLICATION_SLOT', NULL, NULL WHERE EXISTS (SELECT FROM pg_catalog.pg_replication_slots
              WHERE temporary AND active_pid OPERATOR(pg_catalog.=) pg_catalog.pg_backend_pid())
            UNION ALL SELECT 'TEMPORARY_OBJECT', NULL, NULL WHERE
              EXISTS (SELECT FROM pg_catalog.pg_class
                WHERE relnamespace OPERATOR(pg_catalog.=) pg_catalog.pg_my_temp_schema())
              OR EXISTS (SELECT FROM pg_catalog.pg_proc
                WHERE pronamespace OPERATOR(pg_catalog.=) pg_catalog.pg_my_temp_schema())
              OR EXISTS (SELECT FROM pg_catalog.pg_type
                WHERE typnamespace OPERATOR(pg_catalog.=) pg_catalog.pg_my_temp_schema())""";

    private final Set<String> configured;
    private Settings settings = Settings.NONE;
    private final Set<String> channels = new LinkedHashSet<>();
    private final Set<Pin> pins = EnumSet.noneOf(Pin.class);
    private String role = "";
    private String user = "";

    /** @param configured settings that may have been changed; of those that nobody has defined, the server has no list */
    SessionCheck(Set<String> configured) {
        this.configured =
                configured.stream().filter(SessionCheck::isListedNowhere).collect(Collectors.toSet());
    }

    String query() {
        return configured.isEmpty()
                ? QUERY
                : QUERY
                        + configured.stream()
                                .map(SettingStatement::literal)
                                .map(name -> "\nUNION ALL SELECT 'setting', " + name + ", pg_catalog.current_setting("
                                        + name + ", true)")
                                .collect(Collectors.joining());
    }

    void row(List<@Nullable Bytes> values) {
        var what = text(values, 0);
        var name = text(values, 1);
        switch (what) {
            case SETTING -> setting(name.toLowerCase(Locale.ROOT), values.get(2));
            case USER -> {
                role = name;
                user = text(values, 2);
            }
            case CHANNEL -> channels.add(name);
            default -> pins.add(Pin.valueOf(what));
        }
    }

    /** What is of a transaction only cannot be set, nor reset, outside of one. */
    private void setting(String name, @Nullable Bytes value) {
        if (value != null && !name.startsWith("transaction_")) {
            settings = settings.with(name, SettingStatement.ofShown(name, value.toText()));
        }
    }

    private static boolean isListedNowhere(String name) {
        return name.contains(".");
    }

    private static String text(List<@Nullable Bytes> values, int column) {
        var value = values.get(column);
        return value == null ? "" : value.toText();
    }

    /**
     * What the session has set, by the server's own word where it has one.
     *
     * @param remembered what was set by statements; settings of extensions are known only from there
     */
    Settings settings(Settings remembered) {
        var all = settings;
        for (var known : remembered.statements().entrySet()) {
            boolean isListed = !isListedNowhere(known.getKey()) && !Settings.isIdentity(known.getKey());
            if (!isListed && !all.statements().containsKey(known.getKey())) {
                all = all.with(known.getKey(), known.getValue());
            }
        }
        boolean isRoleUnknown = !role.equals(user) && !all.statements().containsKey(Settings.ROLE);
        return isRoleUnknown ? all.with(Settings.ROLE, SettingStatement.ofShown(Settings.ROLE, role)) : all;
    }

    Set<String> channels() {
        return channels;
    }

    Set<Pin> pins() {
        return pins;
    }
}
