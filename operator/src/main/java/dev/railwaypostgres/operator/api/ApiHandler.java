package dev.railwaypostgres.operator.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers one request: who calls, what is asked, of which database. */
final class ApiHandler implements HttpHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ApiHandler.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BEARER = "Bearer ";
    private static final int LONGEST_BODY = 4096;

    private final Databases databases;
    private final Callers callers;
    private final String proxy;

    /**
     * @param proxy the only user who may call
     */
    ApiHandler(Databases databases, Callers callers, String proxy) {
        this.databases = databases;
        this.callers = callers;
        this.proxy = proxy;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var answer = answer(exchange);
            var body = answer.json().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Answer answer(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        try {
            return refusal(exchange)
                    .orElseGet(() -> ApiRequest.of(exchange.getRequestMethod(), path)
                            .map(request -> answer(request, exchange))
                            .orElseGet(() ->
                                    Answer.error(HttpURLConnection.HTTP_NOT_FOUND, "There is nothing at this path.")));
        } catch (KubernetesClientException e) {
            LOG.atWarn().setCause(e).addKeyValue("path", path).log("Kubernetes does not answer a request of the proxy");
            return Answer.error(HttpURLConnection.HTTP_UNAVAILABLE, "Kubernetes does not answer; try again.");
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).addKeyValue("path", path).log("A request of the proxy failed");
            return Answer.error(HttpURLConnection.HTTP_INTERNAL_ERROR, "The operator failed; its log says more.");
        }
    }

    /** What is to be said to somebody who may not ask anything; empty for the proxy. */
    private Optional<Answer> refusal(HttpExchange exchange) {
        var header = exchange.getRequestHeaders().getFirst("Authorization");
        if (header == null || !header.startsWith(BEARER)) {
            return Optional.of(
                    Answer.error(HttpURLConnection.HTTP_UNAUTHORIZED, "A ServiceAccount token is needed, as Bearer."));
        }
        return callers.userOf(header.substring(BEARER.length()).strip())
                .map(user -> user.equals(proxy)
                        ? Optional.<Answer>empty()
                        : Optional.of(Answer.error(HttpURLConnection.HTTP_FORBIDDEN, "Only the proxy may call.")))
                .orElseGet(() -> Optional.of(Answer.error(
                        HttpURLConnection.HTTP_UNAUTHORIZED,
                        "The token is not valid, or not for the audience " + TokenReviews.AUDIENCE + ".")));
    }

    private Answer answer(ApiRequest request, HttpExchange exchange) {
        if (!request.hasMethod()) {
            return Answer.error(
                    HttpURLConnection.HTTP_BAD_METHOD, "Use " + request.verb().method() + " here.");
        }
        return switch (request.verb()) {
            case WAKE -> wish(request.database(), exchange, databases::requestWake);
            case HOLD -> wish(request.database(), exchange, databases::hold);
            case ROLES -> roles(request.database());
        };
    }

    private Answer wish(DatabaseName database, HttpExchange exchange, BiPredicate<DatabaseName, Wish> wishing) {
        try {
            var body = exchange.getRequestBody().readNBytes(LONGEST_BODY + 1);
            if (body.length > LONGEST_BODY) {
                return Answer.error(
                        HttpURLConnection.HTTP_ENTITY_TOO_LARGE, "The body has more than " + LONGEST_BODY + " bytes.");
            }
            return wishing.test(database, JSON.readValue(body, Wish.class)) ? Answer.accepted() : unknown(database);
        } catch (JsonProcessingException _) {
            return Answer.error(HttpURLConnection.HTTP_BAD_REQUEST, "The body is not a JSON object as documented.");
        } catch (IOException e) {
            throw new UncheckedIOException("The body cannot be read", e);
        }
    }

    private Answer roles(DatabaseName database) {
        return switch (databases.roles(database)) {
            case Databases.RolesAnswer.Known known -> Answer.ok(known.json());
            case Databases.RolesAnswer.NeverReady _ ->
                Answer.error(
                        HttpURLConnection.HTTP_CONFLICT, "The database " + database + " has never been ready yet.");
            case Databases.RolesAnswer.NoDatabase _ -> unknown(database);
        };
    }

    private static Answer unknown(DatabaseName database) {
        return Answer.error(HttpURLConnection.HTTP_NOT_FOUND, "There is no database " + database + ".");
    }
}
