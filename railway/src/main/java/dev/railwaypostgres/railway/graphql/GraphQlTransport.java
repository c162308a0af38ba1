package dev.railwaypostgres.railway.graphql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.railwaypostgres.railway.RailwayException;
import dev.railwaypostgres.railway.RailwaySettings;
import dev.railwaypostgres.railway.RailwayToken;
import java.io.IOException;
import java.time.InstantSource;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** One exchange with Railway: a document and its variables there, the value of the root field or a failure back. */
final class GraphQlTransport {
    private static final MediaType JSON = MediaType.get("application/json");

    private final OkHttpClient http;
    private final RailwaySettings settings;
    private final RateBudget budget;
    private final InstantSource clock = InstantSource.system();

    GraphQlTransport(OkHttpClient http, RailwaySettings settings, RateBudget budget) {
        this.http = http;
        this.settings = settings;
        this.budget = budget;
    }

    <T> T exchange(Operation<T> operation, Object variables) {
        ObjectNode question = question(operation, variables);
        Redaction redaction = Redaction.of(settings.token(), question.path("variables"));
        try (Response response = http.newCall(request(settings, question)).execute()) {
            JsonNode answer = answer(response, redaction);
            return operation.read(rootField(answer));
        } catch (JsonProcessingException unexpected) {
            throw new RailwayException.Transient("Railway's answer is not what was asked for" + where(unexpected));
        } catch (IOException broken) {
            throw new RailwayException.Transient("Railway cannot be reached: " + broken.getMessage(), broken);
        }
    }

    static ObjectNode question(Operation<?> operation, Object variables) {
        return Json.MAPPER
                .createObjectNode()
                .put("query", operation.document())
                .put("operationName", operation.name())
                .set("variables", Json.MAPPER.valueToTree(variables));
    }

    private static Request request(RailwaySettings settings, ObjectNode question) {
        RailwayToken token = settings.token();
        return new Request.Builder()
                .url(settings.endpoint().toString())
                .header(token.header(), token.headerValue())
                .post(RequestBody.create(question.toString(), JSON))
                .build();
    }

    /** The answer, if it is a good one. Errors come first: beside them, data is only a part of what was asked for. */
    private JsonNode answer(Response response, Redaction redaction) throws IOException {
        RateHeaders headers = RateHeaders.from(response.headers(), clock.instant());
        budget.learn(headers);
        JsonNode answer = parse(response.body().string());
        if (response.code() == 429) {
            throw refused(headers);
        }
        GraphQlError.firstOf(answer, redaction).map(Failures::of).ifPresent(failure -> {
            throw failure;
        });
        if (!response.isSuccessful()) {
            throw Failures.ofStatus(response.code(), headers);
        }
        return answer;
    }

    private RailwayException refused(RateHeaders headers) {
        RailwayException failure = Failures.ofStatus(429, headers);
        if (failure instanceof RailwayException.RateLimited limited) {
            budget.close(limited.retryAfter());
        }
        return failure;
    }

    /** The root field's value; missing when there is none or it is null, for a null says nothing here. */
    private static JsonNode rootField(JsonNode answer) {
        JsonNode data = answer.path("data");
        JsonNode value = data.size() == 1 ? data.iterator().next() : MissingNode.getInstance();
        if (value.isMissingNode() || value.isNull()) {
            throw new RailwayException.Transient("Railway gave no answer, or half of one");
        }
        return value;
    }

    /** What is no JSON reads as nothing: gateways in between answer in HTML, and answers are cut off. */
    private static JsonNode parse(String body) {
        try {
            return Json.MAPPER.readTree(body);
        } catch (JsonProcessingException noJson) {
            return MissingNode.getInstance();
        }
    }

    /** The place of what was not expected; never the parser's own message, which quotes the answer. */
    private static String where(JsonProcessingException unexpected) {
        return unexpected instanceof JsonMappingException mapping ? ": " + mapping.getPathReference() : "";
    }
}
