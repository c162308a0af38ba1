package dev.railwaypostgres.playground.simulator.railway;

import com.fasterxml.jackson.core.JsonProcessingException;
import graphql.ErrorClassification;
import graphql.ErrorType;
import graphql.ExecutionResult;
import graphql.GraphQLError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Results as JSON, each error with a code and a {@code traceId} as the platform gives them. */
final class Answers {
    private Answers() {}

    static String json(Object value) {
        try {
            return World.JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static Map<String, @Nullable Object> of(ExecutionResult result) {
        var answer = new LinkedHashMap<String, @Nullable Object>();
        if (!result.getErrors().isEmpty()) {
            answer.put("errors", errors(result.getErrors()));
        }
        answer.put("data", result.getData());
        return answer;
    }

    static List<Map<String, @Nullable Object>> errors(List<GraphQLError> errors) {
        return errors.stream().map(Answers::error).toList();
    }

    static String failure(String message) {
        var error = Map.of(
                "message",
                message,
                "extensions",
                Map.of("code", "INTERNAL_SERVER_ERROR"),
                "traceId",
                UUID.randomUUID().toString());
        return json(Map.of("errors", List.of(error)));
    }

    private static Map<String, @Nullable Object> error(GraphQLError error) {
        var view = new LinkedHashMap<String, @Nullable Object>(error.toSpecification());
        var extensions = error.getExtensions();
        view.put(
                "extensions",
                extensions != null && extensions.containsKey("code")
                        ? extensions
                        : Map.of("code", code(error.getErrorType())));
        view.put("traceId", UUID.randomUUID().toString());
        return view;
    }

    private static String code(@Nullable ErrorClassification kind) {
        return kind == ErrorType.ValidationError || kind == ErrorType.InvalidSyntax
                ? "GRAPHQL_VALIDATION_FAILED"
                : "INTERNAL_SERVER_ERROR";
    }
}
