package dev.railwaypostgres.proxy.park;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes the statement that makes a setting so. */
final class SettingStatement {
    private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");

    private static final String ISOLATION = "isolation level ";

    private static final Pattern MODE =
            Pattern.compile(ISOLATION + "(serializable|repeatable read|read committed|read uncommitted)"
                    + "|read only|read write|not deferrable|deferrable");

    private SettingStatement() {}

    /** @param value as the client wrote it, quotes and all */
    static String of(String name, String value) {
        return switch (name) {
            case "timezone" -> "SET TIME ZONE " + value;
            case "role" -> "SET ROLE " + value;
            case "session_authorization" -> "SET SESSION AUTHORIZATION " + value;
            default -> "SET " + quoted(name) + " TO " + value;
        };
    }

    /** What {@code SET SESSION CHARACTERISTICS AS TRANSACTION} sets, by the names of the settings. */
    static Map<String, String> ofTransactions(String modes) {
        var statements = new LinkedHashMap<String, String>();
        var found = MODE.matcher(modes);
        while (found.find()) {
            var name = "default_transaction_" + settingOf(found.group());
            statements.put(name, of(name, valueOf(found.group())));
        }
        return statements;
    }

    private static String settingOf(String mode) {
        if (mode.endsWith("deferrable")) {
            return "deferrable";
        }
        return mode.startsWith(ISOLATION) ? "isolation" : "read_only";
    }

    private static String valueOf(String mode) {
        return switch (mode) {
            case "read only", "deferrable" -> "on";
            case "read write", "not deferrable" -> "off";
            default -> "'" + mode.substring(ISOLATION.length()) + "'";
        };
    }

    static String reset(String name) {
        return "RESET " + quoted(name);
    }

    /** @param value as the server shows it: a list shows the quotes that it needs, so it must not be quoted as a whole */
    static String ofShown(String name, String value) {
        return name.equals("role")
                ? of(name, literal(value))
                : "SELECT pg_catalog.set_config(" + literal(name) + ", " + literal(value) + ", false)";
    }

    static String literal(String value) {
        var doubled = value.replace("'", "''");
        return value.contains("\\") ? "E'" + doubled.replace("\\", "\\\\") + "'" : "'" + doubled + "'";
    }

    private static String quoted(String name) {
        return Arrays.stream(name.split("\\.", -1))
                .map(part -> PLAIN.matcher(part).matches() ? part : "\"" + part.replace("\"", "\"\"") + "\"")
                .collect(Collectors.joining("."));
    }
}
