package dev.railwaypostgres.operator.api;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is asked by method and path: {@code /v1/namespaces/<namespace>/databases/<name>/<verb>}.
 *
 * @param hasMethod whether the verb goes with the method that was used
 */
record ApiRequest(Verb verb, DatabaseName database, boolean hasMethod) {
    private static final Pattern PATH = Pattern.compile(
            "/v1/namespaces/(?<namespace>[a-z0-9-]{1,63})/databases/(?<name>[a-z0-9-]{1,63})/(?<verb>wake|hold|roles)");

    /** What can be asked of a database. */
    enum Verb {
        WAKE("POST"),
        HOLD("POST"),
        ROLES("GET");

        private final String method;

        Verb(String method) {
            this.method = method;
        }

        String method() {
            return method;
        }

        private static Verb of(String text) {
            return switch (text) {
                case "wake" -> WAKE;
                case "hold" -> HOLD;
                default -> ROLES;
            };
        }
    }

    /** Empty if there is nothing at that path. */
    static Optional<ApiRequest> of(String method, String path) {
        var matcher = PATH.matcher(path);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var verb = Verb.of(matcher.group("verb"));
        var database = new DatabaseName(matcher.group("namespace"), matcher.group("name"));
        return Optional.of(new ApiRequest(verb, database, verb.method().equals(method)));
    }
}
