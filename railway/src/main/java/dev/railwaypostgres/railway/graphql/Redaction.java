package dev.railwaypostgres.railway.graphql;

import com.fasterxml.jackson.databind.JsonNode;
import dev.railwaypostgres.railway.RailwayToken;
import java.util.ArrayList;
import java.util.List;

/** Takes out of Railway's sentences what it may have quoted of our secrets: the token, and values of variables. */
record Redaction(List<String> secrets) {
    private static final String STARS = "***";

    /** No secret is shorter, and words such as a port or a database's name shall stay readable. */
    private static final int SHORTEST = 8;

    /** GraphQL's complaint about a wrong input, after which the whole input is quoted. */
    private static final String QUOTES_INPUT = "got invalid value";

    /** @param variables what is sent; whatever text is in it below a field "variables" is taken for secret */
    static Redaction of(RailwayToken token, JsonNode variables) {
        List<String> secrets = new ArrayList<>(List.of(token.value()));
        variables.findValues("variables").forEach(values -> collect(values, secrets));
        return new Redaction(List.copyOf(secrets));
    }

    String apply(String sentence) {
        int quote = sentence.indexOf(QUOTES_INPUT);
        String safe = quote < 0 ? sentence : sentence.substring(0, quote + QUOTES_INPUT.length());
        for (String secret : secrets) {
            safe = safe.replace(secret, STARS);
        }
        return safe;
    }

    private static void collect(JsonNode node, List<String> secrets) {
        if (node.isTextual() && node.textValue().length() >= SHORTEST) {
            secrets.add(node.textValue());
        }
        node.forEach(child -> collect(child, secrets));
    }
}
