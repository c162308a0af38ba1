package dev.railwaypostgres.proxy.console;

import dev.railwaypostgres.postgres.SqlState;
import dev.railwaypostgres.proxy.console.Order.Action;
import dev.railwaypostgres.proxy.console.Order.Takes;
import dev.railwaypostgres.proxy.failure.ProxyFailure.ConsoleRefusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads what is typed at the console. More generous than PgBouncer, because drivers say things of their own accord: names
 * need no quotes, several statements may come at once, and what only concerns a session of one's own is agreed to.
 */
final class OrderReader {
    static final String VERSION = "PgBouncer 1.25.2 (the console of a Railway Serverless Postgres proxy)";

    private static final Pattern TOKEN =
            Pattern.compile("--[^\\n]*|/\\*.*?\\*/|;|\"(?:[^\"]|\"\")*\"|'(?:[^']|'')*'|[^\\s;\"']+", Pattern.DOTALL);

    /** Settings of a client's session that drivers ask for. */
    private static final Map<String, String> KNOWN = Map.of(
            "client_encoding", "UTF8",
            "server_encoding", "UTF8",
            "datestyle", "ISO, MDY",
            "timezone", "GMT",
            "time_zone", "GMT",
            "transaction_isolation_level", "read committed",
            "standard_conforming_strings", "on",
            "transaction_isolation", "read committed",
            "default_transaction_isolation", "read committed",
            "server_version", Console.SERVER_VERSION);

    /** What drivers set for a session of their own. */
    private static final Set<String> OF_SESSIONS = Set.of(
            "application_name",
            "bytea_output",
            "client_encoding",
            "client_min_messages",
            "datestyle",
            "default_transaction_isolation",
            "default_transaction_read_only",
            "extra_float_digits",
            "idle_in_transaction_session_timeout",
            "intervalstyle",
            "local",
            "lock_timeout",
            "names",
            "search_path",
            "session",
            "standard_conforming_strings",
            "statement_timeout",
            "time",
            "timezone",
            "transaction");

    private OrderReader() {}

    /** Empty if there is nothing but blanks, comments and semicolons. */
    static List<Order> read(String text) {
        var orders = new ArrayList<Order>();
        var words = new ArrayList<String>();
        var matcher = TOKEN.matcher(text);
        while (matcher.find()) {
            var token = matcher.group();
            if (token.equals(";")) {
                finish(words, orders);
            } else if (!token.startsWith("--") && !token.startsWith("/*")) {
                words.add(unquoted(token));
            }
        }
        finish(words, orders);
        return orders;
    }

    private static String unquoted(String token) {
        char quote = token.charAt(0);
        boolean isQuoted = token.length() > 1 && (quote == '"' || quote == '\'');
        var twice = String.valueOf(quote).repeat(2);
        return isQuoted ? token.substring(1, token.length() - 1).replace(twice, String.valueOf(quote)) : token;
    }

    private static void finish(List<String> words, List<Order> orders) {
        if (!words.isEmpty()) {
            orders.add(order(words.getFirst().toLowerCase(Locale.ROOT), words.subList(1, words.size())));
            words.clear();
        }
    }

    private static Order order(String first, List<String> rest) {
        return switch (first) {
            case "show" -> show(rest);
            case "select" -> select(rest);
            case "set", "reset", "begin", "commit", "rollback", "discard", "deallocate" ->
                nod(first.toUpperCase(Locale.ROOT), rest);
            case "start" -> nod("START TRANSACTION", rest);
            case "end" -> nod("COMMIT", rest);
            case "abort" -> nod("ROLLBACK", rest);
            case "suspend" ->
                refuse(SqlState.FEATURE_NOT_SUPPORTED, "SUSPEND is not supported: use PAUSE, which clients survive");
            default -> action(first, rest).orElseGet(() -> invalid(first, rest));
        };
    }

    private static Order show(List<String> rest) {
        if (rest.isEmpty()) {
            return invalid("show", rest);
        }
        var word = String.join("_", rest).toLowerCase(Locale.ROOT);
        var value = KNOWN.get(word);
        if (value != null) {
            return new Order.Tell(word, value);
        }
        if (word.equals("fds")) {
            return refuse(SqlState.FEATURE_NOT_SUPPORTED, "SHOW FDS is not supported: sockets stay in this process");
        }
        return Topic.find(word).<Order>map(Order.Show::new).orElseGet(() -> invalid("show", rest));
    }

    /** PgBouncer takes it for SHOW; pools ask {@code SELECT 1} whether somebody is there. */
    private static Order select(List<String> rest) {
        var what = String.join(" ", rest);
        if (what.matches("\\d{1,9}")) {
            return new Order.Tell("?column?", what);
        }
        return what.equalsIgnoreCase("version()") ? new Order.Tell("version", VERSION) : show(rest);
    }

    private static Order nod(String tag, List<String> rest) {
        var name =
                rest.isEmpty() ? "" : rest.getFirst().toLowerCase(Locale.ROOT).replaceAll("=.*", "");
        if (tag.equals("SET") && !OF_SESSIONS.contains(name)) {
            return refuse(
                    SqlState.CANNOT_CHANGE_PARAMETER_NOW,
                    "SET " + name + " is not supported: the proxy's settings are changed where they stand");
        }
        boolean isOfAll = tag.equals("DISCARD") || tag.equals("DEALLOCATE");
        return new Order.Nod(isOfAll && name.equals("all") ? tag + " ALL" : tag);
    }

    private static Optional<Order> action(String first, List<String> rest) {
        return Stream.of(Action.values())
                .filter(action -> action.name().equalsIgnoreCase(first))
                .findFirst()
                .map(action -> act(action, rest));
    }

    private static Order act(Action action, List<String> rest) {
        boolean isFine =
                switch (action.takes) {
                    case NOTHING -> rest.isEmpty();
                    case PERHAPS_SOMETHING -> rest.size() <= 1;
                    case SOMETHING -> rest.size() == 1;
                };
        if (isFine) {
            return new Order.Act(action, rest.isEmpty() ? "" : rest.getFirst());
        }
        boolean isMissing = action.takes == Takes.SOMETHING && rest.isEmpty();
        return isMissing
                ? refuse(SqlState.SYNTAX_ERROR, action + " needs to know which one")
                : invalid(action.name().toLowerCase(Locale.ROOT), rest);
    }

    private static Order invalid(String first, List<String> rest) {
        var text = Stream.concat(Stream.of(first), rest.stream()).limit(8).toList();
        return refuse(SqlState.SYNTAX_ERROR, "invalid command '" + String.join(" ", text) + "', use SHOW HELP;");
    }

    private static Order refuse(SqlState state, String text) {
        return new Order.Refuse(new ConsoleRefusal(state, text));
    }
}
