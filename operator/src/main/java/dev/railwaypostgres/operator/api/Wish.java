package dev.railwaypostgres.operator.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who wants something of a database, in the client's own words: short ones, since they end in an annotation.
 *
 * @param client address of the client
 * @param application its {@code application_name}
 * @param role it logged in as
 * @param reason why a session cannot be parked; only in holds
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Wish(
        @Nullable String client,
        @Nullable String application,
        @Nullable String role,
        @Nullable String reason) {
    private static final int LONGEST_WORD = 63;
    private static final int LONGEST_REASON = 200;

    /** Says who wants a wake: {@code role/application/client}. */
    String asWake() {
        return Stream.of(role, application, client).map(Wish::word).collect(Collectors.joining("/"));
    }

    /** Says who holds and why: {@code reason (application client)}. */
    String asHold() {
        var why = reason == null ? "no reason given" : printable(reason, LONGEST_REASON);
        return "%s (%s %s)".formatted(why, word(application), word(client));
    }

    private static String word(@Nullable String text) {
        return text == null || text.isBlank() ? "unknown" : printable(text, LONGEST_WORD);
    }

    /** Clients choose these texts, people read them in terminals. */
    private static String printable(String text, int longest) {
        return text.codePoints()
                .limit(longest)
                .map(character -> Character.isISOControl(character) ? '?' : character)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
