package dev.railwaypostgres.railway.graphql;

import dev.railwaypostgres.railway.RailwayException;
import dev.railwaypostgres.railway.RailwayException.AlreadyExists;
import dev.railwaypostgres.railway.RailwayException.LimitReached;
import dev.railwaypostgres.railway.RailwayException.NotFound;
import dev.railwaypostgres.railway.RailwayException.RateLimited;
import dev.railwaypostgres.railway.RailwayException.Rejected;
import dev.railwaypostgres.railway.RailwayException.TokenRefused;
import dev.railwaypostgres.railway.RailwayException.Transient;
import dev.railwaypostgres.railway.RailwayException.Unauthorized;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * What Railway's failures mean: the one place that knows.
 *
 * <p>Railway reports nearly everything as HTTP 200 with an error of code INTERNAL_SERVER_ERROR, so the message is what
 * tells them apart; the code decides only when the message is unknown.
 */
final class Failures {
    private static final Duration SHORT_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONG_PAUSE = Duration.ofSeconds(30);

    /** The first rule whose words are in the message, in lower case, gives it its meaning. Order matters. */
    private static final List<Rule> BY_MESSAGE = List.of(
            new Rule(TokenRefused::new, "token not found", "invalid token", "two factor authentication required"),
            new Rule(text -> new RateLimited(text, SHORT_PAUSE), "whoa there", "try again in a sec"),
            new Rule(
                    text -> new RateLimited(text, LONG_PAUSE),
                    "rate limit",
                    "too many requests",
                    "per 30 s",
                    "every 30 s"),
            new Rule(
                    Transient::new,
                    "problem processing request",
                    "timed out",
                    "timeout",
                    "operation is already in progress",
                    "cannot redeploy yet",
                    "upstream connect error"),
            new Rule(Unauthorized::new, "not authorized"),
            new Rule(AlreadyExists::new, "already exists", "unique", "already taken"),
            new Rule(NotFound::new, "not found", "does not exist", "doesn't exist", "could not find"),
            new Rule(
                    LimitReached::new,
                    "usage limit",
                    "limited access",
                    "peak hours",
                    "quota",
                    "maximum number",
                    "limit reached",
                    "limit exceeded",
                    "upgrade"));

    private Failures() {}

    private record Rule(Function<String, RailwayException> meaning, List<String> words) {
        Rule(Function<String, RailwayException> meaning, String... words) {
            this(meaning, List.of(words));
        }

        boolean isIn(String message) {
            return words.stream().anyMatch(message::contains);
        }
    }

    /** What an error in an answer means. */
    static RailwayException of(GraphQlError error) {
        String text = error.sentence();
        // Its message quotes our own document, in which any of the words may stand.
        if (error.code().equals("GRAPHQL_VALIDATION_FAILED")) {
            return new Rejected(text);
        }
        String message = error.message().toLowerCase(Locale.ROOT);
        return BY_MESSAGE.stream()
                .filter(rule -> rule.isIn(message))
                .findFirst()
                .map(rule -> rule.meaning().apply(text))
                .orElseGet(() -> byCode(error.code(), text));
    }

    /** What an HTTP status other than 200 means when the answer itself says nothing. */
    static RailwayException ofStatus(int status, RateHeaders headers) {
        String text = "Railway answered HTTP " + status;
        return switch (status) {
            case 401 -> new TokenRefused(text);
            case 403 -> new Unauthorized(text);
            case 429 -> new RateLimited(text, headers.pause().orElse(LONG_PAUSE));
            case 408 -> new Transient(text);
            // A 404 is about the address of the API, and says nothing of what was asked for.
            default -> status >= 500 ? new Transient(text) : new Rejected(text);
        };
    }

    private static RailwayException byCode(String code, String text) {
        if (code.equals("NOT_FOUND") || code.endsWith("_NOT_FOUND")) {
            return new NotFound(text);
        }
        return switch (code) {
            case "UNAUTHENTICATED" -> new TokenRefused(text);
            case "FORBIDDEN" -> new Unauthorized(text);
            case "RATE_LIMITED" -> new RateLimited(text, LONG_PAUSE);
            case "PLAN_LIMIT", "SUBSCRIPTION_REQUIRED" -> new LimitReached(text);
            default -> new Rejected(text);
        };
    }
}
