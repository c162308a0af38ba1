package dev.railwaypostgres.proxy.session;

import dev.railwaypostgres.postgres.scram.ClientKey;
import dev.railwaypostgres.postgres.scram.Credentials;
import dev.railwaypostgres.postgres.scram.ScramVerifier;
import dev.railwaypostgres.postgres.startup.StartupMessage;
import dev.railwaypostgres.proxy.operator.Visitor;
import dev.railwaypostgres.proxy.pool.LoginRequest;
import dev.railwaypostgres.proxy.pool.Replay;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who a client has proved to be, and how to log in to the server in its name.
 *
 * @param key won from the client's own proof; destroyed when the session ends
 * @param address of the client, for people
 */
record ClientIdentity(StartupMessage startup, ClientKey key, ScramVerifier verifier, String address) {
    private static final String ENDPOINT = "endpoint";
    private static final String PROTOCOL_OPTION = "_pq_.";

    Visitor visitor() {
        return new Visitor(address, startup.applicationName().orElse(""), startup.user());
    }

    LoginRequest login(Replay replay) {
        return new LoginRequest(startup.user(), parameters(), new Credentials.Key(key, verifier), replay);
    }

    /** The client's own, but for what is meant for us alone. */
    private Map<String, String> parameters() {
        var parameters = new LinkedHashMap<>(startup.parameters());
        parameters.keySet().removeIf(name -> name.startsWith(PROTOCOL_OPTION));
        parameters.put("database", startup.database());
        var options = startup.options();
        if (options.labels().containsKey(ENDPOINT)) {
            var words = Stream.concat(
                    options.settings().entrySet().stream()
                            .map(setting -> "-c " + escaped(setting.getKey() + "=" + setting.getValue())),
                    options.others().stream().map(ClientIdentity::escaped));
            parameters.put("options", words.collect(Collectors.joining(" ")));
        }
        return parameters;
    }

    /** By the rules of Postgres' command line: a backslash takes the next character as it is. */
    private static String escaped(String word) {
        return word.codePoints()
                .mapToObj(c ->
                        Character.isWhitespace(c) || c == '\\' ? "\\" + Character.toString(c) : Character.toString(c))
                .collect(Collectors.joining());
    }
}
