package dev.railwaypostgres.operator;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** From the text of an environment variable to its value. All throw {@link IllegalArgumentException} for other texts. */
final class SettingParsers {
    private static final int HIGHEST_PORT = 65_535;

    private SettingParsers() {}

    /** A port; 0 means any free one. */
    static int port(String text) {
        var port = Integer.parseInt(text);
        if (port < 0 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException("not a port");
        }
        return port;
    }

    static URI httpUrl(String text) {
        var url = URI.create(text);
        if (url.getHost() == null || !List.of("http", "https").contains(url.getScheme())) {
            throw new IllegalArgumentException("not an HTTP URL");
        }
        return url;
    }

    /** An ISO-8601 duration above zero. */
    static Duration duration(String text) {
        var duration = Duration.parse(text);
        if (!duration.isPositive()) {
            throw new IllegalArgumentException("not above zero");
        }
        return duration;
    }

    static String imagePattern(String text) {
        if (!text.contains("{major}")) {
            throw new IllegalArgumentException("without {major}");
        }
        return text;
    }

    /** As Kubernetes names users that are ServiceAccounts. */
    static String serviceAccount(String text) {
        if (!text.matches("system:serviceaccount:[a-z0-9-]+:[a-z0-9.-]+")) {
            throw new IllegalArgumentException("not the user name of a ServiceAccount");
        }
        return text;
    }

    /** Names between commas. */
    static Set<String> names(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }
}
