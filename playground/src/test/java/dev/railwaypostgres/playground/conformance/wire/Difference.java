package dev.railwaypostgres.playground.conformance.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The first place where two sides do not hear the same.
 *
 * @param place from zero on
 */
public record Difference(String who, int place, List<String> expected, List<String> actual) {
    private static final String NOTHING = "(nothing)";
    private static final int CONTEXT = 12;

    /** Something came to no good end. */
    public static Difference ofFailure(String what) {
        return new Difference("the script", 0, List.of("an end"), List.of(what));
    }

    /** Of what each client has heard. */
    public static Optional<Difference> between(Map<String, List<String>> expected, Map<String, List<String>> actual) {
        var names = new ArrayList<>(expected.keySet());
        actual.keySet().stream().filter(name -> !expected.containsKey(name)).forEach(names::add);
        return names.stream()
                .flatMap(name ->
                        between(name, expected.getOrDefault(name, List.of()), actual.getOrDefault(name, List.of()))
                                .stream())
                .findFirst();
    }

    public static Optional<Difference> between(String who, List<String> expected, List<String> actual) {
        for (int i = 0; i < Math.max(expected.size(), actual.size()); i++) {
            if (!matches(at(i, expected), at(i, actual))) {
                return Optional.of(new Difference(who, i, expected, actual));
            }
        }
        return Optional.empty();
    }

    private static String at(int place, List<String> list) {
        return place < list.size() ? list.get(place) : NOTHING;
    }

    /** A star stands for anything, in what was written by a person. */
    private static boolean matches(String expected, String actual) {
        return expected.equals(actual) || (expected.contains("*") && isLike(expected, actual));
    }

    private static boolean isLike(String pattern, String actual) {
        return Arrays.stream(pattern.split("\\*", -1))
                .map(Pattern::quote)
                .collect(Collectors.collectingAndThen(
                        Collectors.joining(".*"), regularExpression -> Pattern.matches(regularExpression, actual)));
    }

    /** With what both sides have heard around it. */
    public String story() {
        var story = new StringBuilder(toString());
        for (int i = Math.max(0, place - CONTEXT); i < place + CONTEXT; i++) {
            story.append(i < place ? "%n    %s".formatted(at(i, expected)) : both(i));
        }
        return story.toString();
    }

    private String both(int place) {
        var one = at(place, expected);
        var other = at(place, actual);
        return one.equals(NOTHING) && other.equals(NOTHING) ? "" : "%n  - %s%n  + %s".formatted(one, other);
    }

    @Override
    public String toString() {
        return "%s #%d: expected %s, but heard %s".formatted(who, place + 1, at(place, expected), at(place, actual));
    }
}
