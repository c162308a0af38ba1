package dev.railwaypostgres.operator.api;

import io.fabric8.kubernetes.api.model.authentication.TokenReview;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asks Kubernetes whose a token is, and remembers the answer for a minute: a Secret that is taken from the proxy stops
 * working that much later.
 */
final class TokenReviews implements Callers {
    static final String AUDIENCE = "railway-postgres-operator";
    private static final Duration REMEMBERED = Duration.ofSeconds(60);
    /** Far more than there are proxies; only somebody who tries tokens reaches it. */
    private static final int MOST_REMEMBERED = 1000;

    private final KubernetesClient client;
    private final InstantSource clock;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();

    TokenReviews(KubernetesClient client, InstantSource clock) {
        this.client = client;
        this.clock = clock;
    }

    @Override
    public Optional<String> userOf(String token) {
        var key = fingerprint(token);
        var now = clock.instant();
        var known = answers.get(key);
        if (known != null && now.isBefore(known.until())) {
            return known.user();
        }
        var answer = new Answer(review(token), now.plus(REMEMBERED));
        remember(key, answer, now);
        return answer.user();
    }

    private void remember(String key, Answer answer, Instant now) {
        if (answers.size() >= MOST_REMEMBERED) {
            answers.values().removeIf(old -> !now.isBefore(old.until()));
        }
        if (answers.size() < MOST_REMEMBERED) {
            answers.put(key, answer);
        }
    }

    private Optional<String> review(String token) {
        var request = new TokenReviewBuilder()
                .withNewSpec()
                .withToken(token)
                .withAudiences(AUDIENCE)
                .endSpec()
                .build();
        return userIn(client.tokenReviews().create(request));
    }

    private static Optional<String> userIn(TokenReview review) {
        var status = review.getStatus();
        var valid = status != null
                && Boolean.TRUE.equals(status.getAuthenticated())
                && status.getAudiences().contains(AUDIENCE);
        return valid ? Optional.ofNullable(status.getUser().getUsername()) : Optional.empty();
    }

    /** Tokens themselves are not kept. */
    private static String fingerprint(String token) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private record Answer(Optional<String> user, Instant until) {}
}
