package dev.railwaypostgres.proxy.park;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes the statement that makes a setting so. */
final class SettingStatement {
    private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");

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

    private static String quoted(String name) {
        return Arrays.stream(name.split("\\.", -1))
                .map(part -> PLAIN.matcher(part).matches() ? part : "\"" + part.replace("\"", "\"\"") + "\"")
                .collect(Collectors.joining("."));
    }
}
