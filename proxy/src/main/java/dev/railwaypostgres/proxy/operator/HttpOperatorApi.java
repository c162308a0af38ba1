package dev.railwaypostgres.proxy.operator;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.railwaypostgres.postgres.scram.ScramVerifier;
import dev.railwaypostgres.proxy.route.DatabaseRef;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operator over plain HTTP inside the cluster. The token is read anew for every request, since Kubernetes rotates
 * it in its file.
 */
public final class HttpOperatorApi implements OperatorApi {
    private static final Logger LOG = LoggerFactory.getLogger(HttpOperatorApi.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI operator;
    private final Path tokenFile;
    private final Executor virtualThreads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("operator-call-", 0).factory());
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();

    public HttpOperatorApi(URI operator, Path tokenFile) {
        this.operator = operator;
        this.tokenFile = tokenFile;
    }

    @Override
    public CompletionStage<Void> wake(DatabaseRef database, Visitor visitor) {
        return post(
                database,
                "wake",
                new WakeBody(visitor.client(), visitor.application(), visitor.role(), visitor.statement()));
    }

    @Override
    public CompletionStage<Void> hold(DatabaseRef database, Visitor visitor, String reason) {
        return post(database, "hold", new HoldBody(visitor.client(), visitor.application(), visitor.role(), reason));
    }

    @Override
    public CompletionStage<RoleSnapshot> roles(DatabaseRef database) {
        return CompletableFuture.supplyAsync(
                () -> snapshot(send(request(database, "roles").GET())), virtualThreads);
    }

    private CompletionStage<Void> post(DatabaseRef database, String verb, Object body) {
        return CompletableFuture.runAsync(
                () -> send(request(database, verb)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(write(body)))),
                virtualThreads);
    }

    private HttpRequest.Builder request(DatabaseRef database, String verb) {
        var path = "/v1/namespaces/" + database.namespace() + "/databases/" + database.name() + "/" + verb;
        return HttpRequest.newBuilder(operator.resolve(path)).timeout(TIMEOUT);
    }

    private String send(HttpRequest.Builder request) {
        try {
            request.header(
                    "Authorization", "Bearer " + Files.readString(tokenFile).strip());
            var response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return switch (response.statusCode() / 100) {
                case 2 -> response.body();
                default -> throw refused(response);
            };
        } catch (IOException e) {
            throw new OperatorException.Unavailable("the operator does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperatorException.Unavailable("interrupted while asking the operator", e);
        }
    }

    private static OperatorException refused(HttpResponse<String> response) {
        return switch (response.statusCode()) {
            case 404 -> new OperatorException.UnknownDatabase("the operator knows no such database");
            case 409 -> new OperatorException.NeverReady("the database has never been ready");
            default -> new OperatorException.Unavailable("the operator answered " + response.statusCode());
        };
    }

    private static String write(Object body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of texts is always JSON", e);
        }
    }

    private static RoleSnapshot snapshot(String body) {
        try {
            var read = JSON.readValue(body, RolesBody.class);
            var verifiers = new HashMap<String, ScramVerifier>();
            given(read.roles()).forEach((role, text) -> readVerifier(role, text, verifiers));
            var attributes = new HashMap<String, RoleAttributes>();
            given(read.attributes()).forEach((role, its) -> attributes.put(role, its.attributes()));
            return new RoleSnapshot(verifiers, attributes, given(read.parameters()));
        } catch (JsonProcessingException | DateTimeParseException e) {
            throw new OperatorException.Unavailable("the operator's answer cannot be read");
        }
    }

    private static <T> Map<String, T> given(@Nullable Map<String, T> map) {
        return map == null ? Map.of() : map;
    }

    /** A role with an md5 password has no verifier that we can use; the others must still be able to log in. */
    private static void readVerifier(String role, String text, Map<String, ScramVerifier> verifiers) {
        try {
            verifiers.put(role, ScramVerifier.parse(text));
        } catch (IllegalArgumentException _) {
            LOG.atWarn().addKeyValue("role", role).log("a role has no SCRAM-SHA-256 verifier and cannot log in here");
        }
    }

    private record WakeBody(String client, String application, String role, String statement) {}

    private record HoldBody(String client, String application, String role, String reason) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record RolesBody(
            @Nullable Map<String, String> roles,
            @Nullable Map<String, AttributesBody> attributes,
            @Nullable Map<String, String> parameters) {}

    /** @param validUntil RFC 3339; absent: for ever */
    @JsonIgnoreProperties(ignoreUnknown = true)
    private record AttributesBody(
            boolean mayLogIn, @Nullable String validUntil, boolean superuser) {
        RoleAttributes attributes() {
            return new RoleAttributes(
                    mayLogIn, validUntil == null ? Instant.MAX : Instant.parse(validUntil), superuser);
        }
    }
}
