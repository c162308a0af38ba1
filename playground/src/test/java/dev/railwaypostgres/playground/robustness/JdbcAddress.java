package dev.railwaypostgres.playground.robustness;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/** A connection string in the words of pgjdbc. */
record JdbcAddress(URI uri) {
    /** Longer than the proxy lets anybody wait for a wake. */
    private static final String ANSWER_LIMIT_SECONDS = "150";

    static JdbcAddress of(String uri) {
        return new JdbcAddress(URI.create(uri));
    }

    /** Opens a session whose statements are prepared in the server from their first run on. */
    Connection connect() throws SQLException {
        var properties = new Properties();
        var login = uri.getRawUserInfo().split(":", 2);
        properties.setProperty("user", decoded(login[0]));
        properties.setProperty("password", decoded(login[1]));
        properties.setProperty("prepareThreshold", "1");
        properties.setProperty("socketTimeout", ANSWER_LIMIT_SECONDS);
        properties.putAll(parameters());
        return DriverManager.getConnection(
                "jdbc:postgresql://%s:%d%s".formatted(uri.getHost(), uri.getPort(), uri.getPath()), properties);
    }

    private Map<String, String> parameters() {
        return Arrays.stream(uri.getRawQuery().split("&", -1))
                .map(parameter -> parameter.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> decoded(pair[1])));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
