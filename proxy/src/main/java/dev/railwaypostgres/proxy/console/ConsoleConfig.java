package dev.railwaypostgres.proxy.console;

import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may use the console.
 *
 * @param usersFile with their passwords; null: they stand in {@code users}
 * @param users the same as a text
 * @param admins names of those who may do everything
 * @param readers names of those who may look
 */
public record ConsoleConfig(@Nullable Path usersFile, String users, Set<String> admins, Set<String> readers) {
    public ConsoleConfig {
        admins = Set.copyOf(admins);
        readers = Set.copyOf(readers);
    }

    /** Does not show passwords. */
    @Override
    public String toString() {
        return "ConsoleConfig[admins=" + admins + ", readers=" + readers + "]";
    }
}
