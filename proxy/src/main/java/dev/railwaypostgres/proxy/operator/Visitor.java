package dev.railwaypostgres.proxy.operator;

import org.slf4j.spi.LoggingEventBuilder;

/**
 * On whose behalf something is asked, for people who wonder why a database is awake. What clients have chosen is cut to what
 * a terminal can show.
 *
 * @param client its address, {@code 10.0.0.1:5555}
 * @param application its {@code application_name}, empty when it gave none
 * @param role the role that it has logged in as
 * @param statement what kind of statement it is about, {@code SELECT} and the like: never its text
 */
public record Visitor(String client, String application, String role, String statement) {
    /** As long as Postgres lets names be. */
    private static final int LONGEST = 63;

    public Visitor {
        application = printable(application);
        role = printable(role);
    }

    /** The address without its port. */
    public String host() {
        int colon = client.lastIndexOf(':');
        return colon < 0 ? client : client.substring(0, colon);
    }

    /** Adds who it is to a line of the log. */
    public LoggingEventBuilder on(LoggingEventBuilder line) {
        return line.addKeyValue("client", client)
                .addKeyValue("application", application)
                .addKeyValue("role", role)
                .addKeyValue("statement", statement);
    }

    private static String printable(String text) {
        return text.codePoints()
                .limit(LONGEST)
                .map(character -> Character.isISOControl(character) ? '?' : character)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
