package dev.railwaypostgres.proxy.operator;

/**
 * On whose behalf something is asked, for people who wonder why a database is awake.
 *
 * @param client its address, {@code 10.0.0.1:5555}
 * @param application its {@code application_name}, empty when it gave none
 * @param role the role that it has logged in as
 */
public record Visitor(String client, String application, String role) {}
