package dev.railwaypostgres.proxy.console;

import dev.railwaypostgres.postgres.scram.ScramVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Verifiers of those who may use the console. They stand in the form of PgBouncer's {@code auth_file}: {@code "name"
 * "password"}, a line each; the password may be a SCRAM verifier. Lines that begin with a semicolon are comments.
 */
final class ConsoleUsers {
    private static final Pattern LINE = Pattern.compile("\"((?:[^\"]|\"\")+)\"\\s+\"((?:[^\"]|\"\")+)\".*");
    private static final String VERIFIER = "SCRAM-SHA-256$";

    private ConsoleUsers() {}

    /**
     * Takes its time: passwords are stretched. Not for an event loop.
     *
     * @throws IOException when the file cannot be read, or a line is not one
     */
    static Map<String, ScramVerifier> read(ConsoleConfig config) throws IOException {
        var file = config.usersFile();
        var lines =
                (file == null ? config.users() : Files.readString(file)).lines().toList();
        return parse(lines, file == null ? "the console's users" : file.toString());
    }

    private static Map<String, ScramVerifier> parse(List<String> lines, String where) throws IOException {
        var users = new HashMap<String, ScramVerifier>();
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith(";")) {
                continue;
            }
            var matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                throw new IOException(where + ", line " + (i + 1) + ": expected \"name\" \"password\"");
            }
            users.put(unquoted(matcher.group(1)), verifier(unquoted(matcher.group(2)), where, i + 1));
        }
        return users;
    }

    private static ScramVerifier verifier(String password, String where, int line) throws IOException {
        if (!password.startsWith(VERIFIER)) {
            return ScramVerifier.ofPassword(password);
        }
        try {
            return ScramVerifier.parse(password);
        } catch (IllegalArgumentException _) {
            throw new IOException(where + ", line " + line + ": this is no SCRAM verifier");
        }
    }

    private static String unquoted(String text) {
        return text.replace("\"\"", "\"");
    }
}
