package dev.railwaypostgres.proxy.settings;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/** From texts to values. All throw {@link IllegalArgumentException} or what {@link Duration#parse} throws for others. */
public final class SettingParsers {
    private static final int HIGHEST_PORT = 65_535;
    private static final Pattern SHORT_DURATION = Pattern.compile("(\\d{1,6}h)?(\\d{1,6}m)?(\\d{1,6}s)?");

    private SettingParsers() {}

    /** A port; 0 means any free one. */
    public static int port(String text) {
        return between(0, HIGHEST_PORT).apply(text);
    }

    public static Function<String, Integer> between(int least, int most) {
        return text -> {
            int number = Integer.parseInt(text);
            if (number < least || number > most) {
                throw new IllegalArgumentException("out of range");
            }
            return number;
        };
    }

    public static boolean bool(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("neither true nor false");
        };
    }

    public static URI httpUrl(String text) {
        var url = URI.create(text);
        if (url.getHost() == null || !List.of("http", "https").contains(url.getScheme())) {
            throw new IllegalArgumentException("not an HTTP URL");
        }
        return url;
    }

    /** Above zero. */
    public static Duration duration(String text) {
        var duration = durationOrZero(text);
        if (duration.isZero()) {
            throw new IllegalArgumentException("not above zero");
        }
        return duration;
    }

    /** As Kubernetes writes it ({@code 90s}, {@code 1h30m}), or ISO-8601 ({@code PT90S}). */
    public static Duration durationOrZero(String text) {
        boolean isShort = !text.isEmpty() && SHORT_DURATION.matcher(text).matches();
        var duration = Duration.parse(isShort ? "PT" + text : text);
        if (duration.isNegative()) {
            throw new IllegalArgumentException("below zero");
        }
        return duration;
    }

    /** What stands between commas. */
    public static List<String> list(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }
}
