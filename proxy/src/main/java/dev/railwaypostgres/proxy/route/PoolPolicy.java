package dev.railwaypostgres.proxy.route;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How one database's server connections are shared, and what of it one replica of the proxy may use.
 *
 * @param mode of roles that have none of their own
 * @param roles limits of single roles, within the database's
 * @param localAnswers what is answered without the database
 */
public record PoolPolicy(
        Mode mode, Size size, Patience patience, Map<String, RolePolicy> roles, Set<LocalAnswer> localAnswers) {

    /** How long a client keeps a server connection. */
    public enum Mode {
        TRANSACTION,
        SESSION
    }

    /** Work that needs no data, and hence no server. */
    public enum LocalAnswer {
        PINGS,
        BEGIN,
        SETTINGS
    }

    /**
     * @param servers server connections
     * @param reserve more of them, for clients that have waited for {@code reserveAfter}
     * @param clients client connections
     */
    public record Size(int servers, int reserve, Duration reserveAfter, int clients) {
        public int withReserve() {
            return servers + reserve;
        }
    }

    /**
     * How long what may last; zero: for ever.
     *
     * @param queue a client's wait for a server connection
     * @param idleInTransaction a client's silence within a transaction
     * @param clientIdle a client's silence outside of one
     * @param serverIdle an unused server connection
     * @param serverLifetime a server connection
     */
    public record Patience(
            Duration queue,
            Duration idleInTransaction,
            Duration clientIdle,
            Duration serverIdle,
            Duration serverLifetime) {}

    /** What is null is the database's. */
    public record RolePolicy(
            @Nullable Mode mode,
            @Nullable Integer servers,
            @Nullable Integer clients) {
        static final RolePolicy NONE = new RolePolicy(null, null, null);
    }

    public PoolPolicy {
        roles = Map.copyOf(roles);
        localAnswers = Set.copyOf(localAnswers);
    }

    /** What the API gives to those who say nothing. */
    public static PoolPolicy defaults() {
        return new PoolPolicy(
                Mode.TRANSACTION,
                new Size(20, 0, Duration.ofSeconds(5), 1000),
                new Patience(
                        Duration.ofSeconds(30),
                        Duration.ZERO,
                        Duration.ZERO,
                        Duration.ofMinutes(10),
                        Duration.ofHours(1)),
                Map.of(),
                Set.of(LocalAnswer.values()));
    }

    public PoolPolicy with(Mode now) {
        return new PoolPolicy(now, size, patience, roles, localAnswers);
    }

    public PoolPolicy with(Size now) {
        return new PoolPolicy(mode, now, patience, roles, localAnswers);
    }

    public PoolPolicy with(Patience now) {
        return new PoolPolicy(mode, size, now, roles, localAnswers);
    }

    public PoolPolicy with(Map<String, RolePolicy> now) {
        return new PoolPolicy(mode, size, patience, now, localAnswers);
    }

    public PoolPolicy with(Set<LocalAnswer> now) {
        return new PoolPolicy(mode, size, patience, roles, now);
    }

    public Mode modeOf(String role) {
        return Optional.ofNullable(of(role).mode()).orElse(mode);
    }

    /** Server connections that the role may have. */
    public int serversOf(String role) {
        return Optional.ofNullable(of(role).servers()).orElse(Integer.MAX_VALUE);
    }

    /** Client connections that the role may have. */
    public int clientsOf(String role) {
        return Optional.ofNullable(of(role).clients()).orElse(Integer.MAX_VALUE);
    }

    private RolePolicy of(String role) {
        return roles.getOrDefault(role, RolePolicy.NONE);
    }
}
