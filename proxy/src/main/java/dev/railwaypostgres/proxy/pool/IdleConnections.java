package dev.railwaypostgres.proxy.pool;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Connections that nobody uses. Who had one last gets it again: its settings are there, and what only the server remembers
 * of it, such as the last value of a sequence. Others get one that nobody misses, the one that was used last, so that the
 * others can grow old and be closed; if all are missed, the one that has rested longest.
 */
final class IdleConnections {
    /** Profiles are the same when they are equal. */
    private final IdentityHashMap<Profile, ArrayDeque<ServerConnection>> byProfile = new IdentityHashMap<>();

    void add(ServerConnection connection) {
        byProfile.computeIfAbsent(connection.profile(), _ -> new ArrayDeque<>()).push(connection);
    }

    /** One for the lessee; null: there is none. */
    @Nullable
    ServerConnection take(Lessee lessee) {
        var stack = byProfile.get(lessee.profile());
        if (stack == null || stack.isEmpty()) {
            return null;
        }
        var taken = Objects.requireNonNullElseGet(bestOf(stack, lessee), stack::getLast);
        // An empty stack stays for the next transaction: this happens for each.
        stack.remove(taken);
        return taken;
    }

    private static @Nullable ServerConnection bestOf(ArrayDeque<ServerConnection> stack, Lessee lessee) {
        ServerConnection free = null;
        for (var connection : stack) {
            if (connection.isLastOf(lessee)) {
                return connection;
            }
            if (free == null && !connection.isMissed()) {
                free = connection;
            }
        }
        return free;
    }

    boolean hasOne(Predicate<ServerConnection> isWanted) {
        return byProfile.values().stream().anyMatch(stack -> stack.stream().anyMatch(isWanted));
    }

    /** Of those wanted, the one that has not been used for longest; null: there is none. */
    @Nullable
    ServerConnection takeOldest(Predicate<ServerConnection> isWanted) {
        var oldest = byProfile.values().stream()
                .flatMap(ArrayDeque::stream)
                .filter(isWanted)
                .min(Comparator.comparingLong(ServerConnection::idleSince));
        oldest.ifPresent(this::remove);
        return oldest.orElse(null);
    }

    List<ServerConnection> takeIf(Predicate<ServerConnection> isWanted) {
        var taken = all().stream().filter(isWanted).toList();
        taken.forEach(this::remove);
        byProfile.values().removeIf(ArrayDeque::isEmpty);
        return taken;
    }

    void remove(ServerConnection connection) {
        var stack = byProfile.get(connection.profile());
        if (stack != null) {
            stack.remove(connection);
            if (stack.isEmpty()) {
                byProfile.remove(connection.profile());
            }
        }
    }

    List<Profile> profiles() {
        return List.copyOf(byProfile.keySet());
    }

    List<ServerConnection> all() {
        return byProfile.values().stream().flatMap(ArrayDeque::stream).toList();
    }
}
