package dev.railwaypostgres.playground.simulator.railway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import graphql.ExecutionInput;
import graphql.GraphQL;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The API over HTTP: failures of business are answers with status 200, only the way to the API has other ones. */
final class GraphQlHttp {
    static final String PATH = "/graphql/v2";

    private static final Logger LOG = LoggerFactory.getLogger(GraphQlHttp.class);
    private static final TypeReference<Map<String, @Nullable Object>> OBJECT = new TypeReference<>() {};

    private final GraphQL graphQl;
    private final Callers callers;
    private final RateLimit rateLimit;
    private final Executor workers;

    GraphQlHttp(GraphQL graphQl, Callers callers, RateLimit rateLimit, Executor workers) {
        this.graphQl = graphQl;
        this.callers = callers;
        this.rateLimit = rateLimit;
        this.workers = workers;
    }

    void accept(HttpServerRequest request) {
        if (!PATH.equals(request.path()) || !request.method().equals(HttpMethod.POST)) {
            request.response().setStatusCode(404).end();
            return;
        }
        request.body().onSuccess(body -> workers.execute(() -> answer(request, body.toString())));
    }

    private void answer(HttpServerRequest request, String body) {
        var response = request.response().putHeader("Content-Type", "application/json");
        try {
            var verdict = rateLimit.call();
            verdict.headers().forEach(response::putHeader);
            if (verdict.passes()) {
                execute(callers.caller(request.headers()), input(body), response);
            } else {
                response.setStatusCode(429).end(Answers.failure("Too Many Requests"));
            }
        } catch (ApiException refused) {
            response.end(Answers.failure(String.valueOf(refused.getMessage())));
        } catch (JsonProcessingException _) {
            response.setStatusCode(400).end(Answers.failure("The body is not JSON"));
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("The simulator itself failed");
            response.setStatusCode(500).end();
        }
    }

    private void execute(Row.Token caller, ExecutionInput input, HttpServerResponse response) {
        input.getGraphQLContext().put(Row.Token.class, caller);
        var result = graphQl.execute(input);
        switch ((@Nullable Fault) input.getGraphQLContext().get(Fault.class)) {
            case null -> response.end(Answers.json(Answers.of(result)));
            case Fault.Refusal _ -> response.end(Answers.json(Answers.of(result)));
            case Fault.Status status -> response.setStatusCode(status.code()).end("upstream connect error");
            case Fault.Hangs _ -> LOG.atDebug().log("A call is left without an answer");
        }
    }

    private static ExecutionInput input(String body) throws JsonProcessingException {
        return input(World.JSON.readValue(body, OBJECT));
    }

    /** The request that a body or a subscription message carries. */
    static ExecutionInput input(Map<String, @Nullable Object> request) {
        var variables = request.get("variables");
        var builder = ExecutionInput.newExecutionInput(String.valueOf(request.get("query")))
                .operationName(Optional.ofNullable(request.get("operationName"))
                        .map(String::valueOf)
                        .orElse(null));
        if (variables != null) {
            builder.variables(World.JSON.convertValue(variables, new TypeReference<Map<String, Object>>() {}));
        }
        return builder.build();
    }
}
