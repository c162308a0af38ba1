package dev.railwaypostgres.proxy.standalone;

import dev.railwaypostgres.proxy.route.PoolPolicy;
import dev.railwaypostgres.proxy.settings.Section;
import dev.railwaypostgres.proxy.settings.Setting;
import dev.railwaypostgres.proxy.settings.SettingParsers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** {@code pooling} of a database: as in the API of Kubernetes, key by key. */
final class PoolingSection {
    private static final Setting<PoolPolicy.Mode> MODE = Setting.withDefault(
            "mode",
            PoolingSection::mode,
            "Transaction",
            "Transaction or Session: how long a client keeps a server connection.");
    private static final Setting<Integer> POOL_SIZE = Setting.withDefault(
            "poolSize", SettingParsers.between(1, 1000), "20", "Server connections at most, 1 to 1000.");
    private static final Setting<Integer> MAX_CLIENTS = Setting.withDefault(
            "maxClients", SettingParsers.between(1, 100_000), "1000", "Client connections at most, 1 to 100000.");
    private static final Setting<Duration> QUEUE_TIMEOUT = Setting.withDefault(
            "queueTimeout",
            SettingParsers::durationOrZero,
            "30s",
            "How long a client waits for a server connection before it gets an error (53300).");
    private static final Setting<Integer> RESERVE_SIZE = Setting.withDefault(
            "reserveSize",
            SettingParsers.between(0, 1000),
            "0",
            "Server connections beyond poolSize, for clients that have waited reserveAfter; 0 to 1000.");
    private static final Setting<Duration> RESERVE_AFTER = Setting.withDefault(
            "reserveAfter",
            SettingParsers::durationOrZero,
            "5s",
            "How long a client waits before it may have a server connection of the reserve.");
    private static final Setting<Duration> IDLE_IN_TRANSACTION_TIMEOUT = Setting.withDefault(
            "idleInTransactionTimeout",
            SettingParsers::durationOrZero,
            "0s",
            "A session that leaves a transaction open for this long without a word ends (25P03). 0s: never.");
    private static final Setting<Duration> CLIENT_IDLE_TIMEOUT = Setting.withDefault(
            "clientIdleTimeout",
            SettingParsers::durationOrZero,
            "0s",
            "A client that is silent for this long outside of a transaction is sent away (57P05). 0s: never.");
    private static final Setting<Duration> SERVER_IDLE_TIMEOUT = Setting.withDefault(
            "serverIdleTimeout",
            SettingParsers::durationOrZero,
            "10m",
            "A server connection that nobody has used for this long is closed.");
    private static final Setting<Duration> SERVER_LIFETIME = Setting.withDefault(
            "serverLifetime",
            SettingParsers::durationOrZero,
            "1h",
            "A server connection that is older than this is closed when it is free.");
    private static final Setting<String> ROLE =
            Setting.required("name", Function.identity(), "Name of the role in Postgres.");
    private static final Setting<PoolPolicy.Mode> ROLE_MODE =
            Setting.optional("mode", PoolingSection::mode, "Its own pooling mode. Absent: the database's.");
    private static final Setting<Integer> ROLE_POOL_SIZE = Setting.optional(
            "poolSize",
            SettingParsers.between(1, 1000),
            "Server connections at most. Absent: no limit but the database's.");
    private static final Setting<Integer> ROLE_MAX_CLIENTS = Setting.optional(
            "maxClients",
            SettingParsers.between(1, 100_000),
            "Client connections at most. Absent: no limit but the database's.");

    static final List<Setting<?>> KEYS = List.of(
            MODE,
            POOL_SIZE,
            MAX_CLIENTS,
            QUEUE_TIMEOUT,
            RESERVE_SIZE,
            RESERVE_AFTER,
            IDLE_IN_TRANSACTION_TIMEOUT,
            CLIENT_IDLE_TIMEOUT,
            SERVER_IDLE_TIMEOUT,
            SERVER_LIFETIME);
    static final List<Setting<?>> KEYS_OF_ROLES = List.of(ROLE, ROLE_MODE, ROLE_POOL_SIZE, ROLE_MAX_CLIENTS);

    private PoolingSection() {}

    static PoolPolicy read(Section section) {
        var policy = new PoolPolicy(
                section.get(MODE, PoolPolicy.Mode.TRANSACTION),
                size(section),
                patience(section),
                roles(section.sections("roles")),
                Set.of());
        section.refuseOthers();
        return policy;
    }

    private static PoolPolicy.Size size(Section section) {
        return new PoolPolicy.Size(
                section.get(POOL_SIZE, 0),
                section.get(RESERVE_SIZE, 0),
                section.get(RESERVE_AFTER, Duration.ZERO),
                section.get(MAX_CLIENTS, 0));
    }

    private static PoolPolicy.Patience patience(Section section) {
        return new PoolPolicy.Patience(
                section.get(QUEUE_TIMEOUT, Duration.ZERO),
                section.get(IDLE_IN_TRANSACTION_TIMEOUT, Duration.ZERO),
                section.get(CLIENT_IDLE_TIMEOUT, Duration.ZERO),
                section.get(SERVER_IDLE_TIMEOUT, Duration.ZERO),
                section.get(SERVER_LIFETIME, Duration.ZERO));
    }

    private static Map<String, PoolPolicy.RolePolicy> roles(List<Section> sections) {
        var roles = new HashMap<String, PoolPolicy.RolePolicy>();
        for (var role : sections) {
            var policy = new PoolPolicy.RolePolicy(
                    role.find(ROLE_MODE), role.find(ROLE_POOL_SIZE), role.find(ROLE_MAX_CLIENTS));
            if (roles.put(role.get(ROLE, ""), policy) != null) {
                role.problem("this role stands here twice");
            }
            role.refuseOthers();
        }
        return roles;
    }

    private static PoolPolicy.Mode mode(String text) {
        return PoolPolicy.Mode.valueOf(text.toUpperCase(Locale.ROOT));
    }
}
