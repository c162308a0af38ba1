package dev.railwaypostgres.railway.graphql;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * An error in an answer.
 *
 * @param message Railway's sentence, without what is secret
 * @param code Railway's code, empty when there is none
 * @param traceId what Railway's support asks for, empty when there is none
 */
record GraphQlError(String message, String code, String traceId) {
    private static final int LONGEST = 500;

    /** The first error of an answer, which decides. */
    static Optional<GraphQlError> firstOf(JsonNode answer, Redaction redaction) {
        JsonNode errors = answer.path("errors");
        return errors.isArray() && !errors.isEmpty() ? Optional.of(read(errors.get(0), redaction)) : Optional.empty();
    }

    /** As a person wants to read it. */
    String sentence() {
        return traceId.isEmpty() ? message : message + " (trace " + traceId + ")";
    }

    private static GraphQlError read(JsonNode error, Redaction redaction) {
        JsonNode extensions = error.path("extensions");
        String message = redaction.apply(error.path("message").asText("Railway gave no reason"));
        return new GraphQlError(
                message.substring(0, Math.min(LONGEST, message.length())),
                extensions.path("code").asText(""),
                error.path("traceId").asText(extensions.path("traceId").asText("")));
    }
}
