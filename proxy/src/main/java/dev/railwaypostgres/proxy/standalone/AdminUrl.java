package dev.railwaypostgres.proxy.standalone;

import dev.railwaypostgres.sleep.compute.Password;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a superuser's connection string says. Its parameters count for nothing: TLS and SCRAM are always used. */
record AdminUrl(String host, int port, String role, Password password, String database) {
    /** Stands in where none could be read. */
    static final AdminUrl NOBODY = new AdminUrl("", 0, "", new Password(""), "");

    private static final int USUAL_PORT = 5432;
    private static final List<String> SCHEMES = List.of("postgres", "postgresql");

    /**
     * Reads {@code postgresql://role:password@host:port/database}.
     *
     * @throws IllegalArgumentException for anything else; the text is not in the message
     */
    static AdminUrl parse(String text) {
        var url = uri(text);
        var credentials = String.valueOf(url.getRawUserInfo()).split(":", 2);
        var path = String.valueOf(url.getRawPath());
        if (!SCHEMES.contains(String.valueOf(url.getScheme()))
                || url.getHost() == null
                || credentials.length < 2
                || path.length() < 2) {
            throw new IllegalArgumentException("not postgresql://role:password@host:port/database");
        }
        return new AdminUrl(
                url.getHost().replace("[", "").replace("]", ""),
                url.getPort() < 0 ? USUAL_PORT : url.getPort(),
                decoded(credentials[0]),
                new Password(decoded(credentials[1])),
                decoded(path.substring(1)));
    }

    private static URI uri(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException _) {
            throw new IllegalArgumentException("not a URL");
        }
    }

    /** A plus sign is one in a URL's user and path. */
    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
