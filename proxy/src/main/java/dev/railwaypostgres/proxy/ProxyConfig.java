package dev.railwaypostgres.proxy;

import dev.railwaypostgres.proxy.cancel.PeersConfig;
import dev.railwaypostgres.proxy.console.ConfigLine;
import dev.railwaypostgres.proxy.console.ConsoleConfig;
import dev.railwaypostgres.proxy.route.Address;
import dev.railwaypostgres.proxy.server.Cidr;
import dev.railwaypostgres.proxy.server.DoorConfig;
import dev.railwaypostgres.proxy.server.TransportChoice;
import dev.railwaypostgres.proxy.settings.Setting;
import dev.railwaypostgres.proxy.settings.SettingParsers;
import dev.railwaypostgres.proxy.settings.SettingsReader;
import dev.railwaypostgres.proxy.tls.ClientCertificates;
import dev.railwaypostgres.proxy.tls.TlsConfig;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The proxy's settings, one environment variable each.
 *
 * @param listenPort for clients; 0: any free one
 * @param tls null: only unencrypted clients
 * @param domain host names below it name endpoints; null: clients name them otherwise
 * @param operatorUrl null: there is no operator, the proxy keeps its databases by itself
 * @param operatorTokenFile null with it
 * @param watchNamespaces empty: all
 * @param wakeTimeout how long a client waits for a database to wake up
 * @param door whom to let near
 * @param drainTimeout how long sessions may go on after the proxy was told to end
 * @param managementPort for probes and metrics; 0: any free one
 * @param sharedKeyFile with a secret that all replicas have; null: this one makes up its own
 * @param peers the other replicas; null: none that cancel requests are passed on to
 * @param console who may use the administrators' console; null: there is none
 */
public record ProxyConfig(
        int listenPort,
        @Nullable TlsConfig tls,
        @Nullable String domain,
        @Nullable URI operatorUrl,
        @Nullable Path operatorTokenFile,
        List<String> watchNamespaces,
        Duration wakeTimeout,
        DoorConfig door,
        Duration drainTimeout,
        int managementPort,
        TransportChoice transport,
        String podName,
        @Nullable Path sharedKeyFile,
        @Nullable PeersConfig peers,
        @Nullable ConsoleConfig console) {

    static final Setting<Integer> LISTEN_PORT =
            Setting.withDefault("LISTEN_PORT", SettingParsers::port, "5432", "Port for clients; 0 takes any free one.");
    static final Setting<Path> TLS_CERTIFICATE_FILE = Setting.optional(
            "TLS_CERTIFICATE_FILE", Path::of, "Certificate chain in PEM. Absent: clients connect unencrypted.");
    static final Setting<Path> TLS_KEY_FILE =
            Setting.optional("TLS_KEY_FILE", Path::of, "Private key of the certificate in PEM.");
    static final Setting<Boolean> TLS_REQUIRED = Setting.withDefault(
            "TLS_REQUIRED",
            SettingParsers::bool,
            "true",
            "true or false: whether unencrypted clients are sent away. Means nothing without a certificate.");
    static final Setting<Path> TLS_CLIENT_CA_FILE = Setting.optional(
            "TLS_CLIENT_CA_FILE",
            Path::of,
            "Who signs the clients' own certificates, in PEM. Absent: nobody is asked.");
    static final Setting<ClientCertificates> TLS_CLIENT_AUTH = Setting.withDefault(
            "TLS_CLIENT_AUTH",
            ClientCertificates::parse,
            "none",
            "none, optional or required: whether clients show a certificate of TLS_CLIENT_CA_FILE. One that is shown"
                    + " must be good in any case.");
    static final Setting<String> PROXY_DOMAIN = Setting.optional(
            "PROXY_DOMAIN",
            Function.identity(),
            "Host names below this domain name endpoints: <endpoint>.<domain>. Absent: clients name the endpoint"
                    + " by options=endpoint=<endpoint> or by the database's name.");
    static final Setting<URI> OPERATOR_URL =
            Setting.required("OPERATOR_URL", SettingParsers::httpUrl, "Base URL of the operator's HTTP API.");
    static final Setting<Path> OPERATOR_TOKEN_FILE = Setting.required(
            "OPERATOR_TOKEN_FILE",
            Path::of,
            "ServiceAccount token for the operator's API; read anew for every request.");
    static final Setting<List<String>> WATCH_NAMESPACES = Setting.withDefault(
            "WATCH_NAMESPACES", SettingParsers::list, ",", "Namespaces to serve, separated by commas. Absent: all.");
    static final Setting<Duration> WAKE_TIMEOUT = Setting.withDefault(
            "WAKE_TIMEOUT", SettingParsers::duration, "PT120S", "How long a client waits for a database to wake up.");
    static final Setting<Duration> LOGIN_TIMEOUT = Setting.withDefault(
            "LOGIN_TIMEOUT", SettingParsers::duration, "PT60S", "From connect to the end of a client's login.");
    static final Setting<Integer> LOGINS_PER_ADDRESS = Setting.withDefault(
            "LOGINS_PER_ADDRESS",
            ProxyConfig::count,
            "1000",
            "How many connections of one address (IPv6: of one /64) may be about to log in. More are closed at once.");
    static final Setting<Integer> LOGINS = Setting.withDefault(
            "LOGINS",
            ProxyConfig::count,
            "4000",
            "How many connections in all may be about to log in. More are closed at once.");
    static final Setting<List<Cidr>> PROXY_PROTOCOL_FROM = Setting.withDefault(
            "PROXY_PROTOCOL_FROM",
            ProxyConfig::networks,
            ",",
            "Networks of load balancers, as 10.0.0.0/8, separated by commas. Connections from there must begin with a"
                    + " PROXY header, version 2, which tells the client's address. Absent: nobody sends one.");
    static final Setting<List<Address>> CANCEL_PEERS = Setting.optional(
            "CANCEL_PEERS",
            ProxyConfig::addresses,
            "host:port under which all replicas are found, such as a headless Service; several separated by commas."
                    + " Cancel requests are passed on to the replica that has the session. Absent: they are not.");
    static final Setting<Path> SHARED_KEY_FILE = Setting.optional(
            "SHARED_KEY_FILE",
            Path::of,
            "A secret of at least 16 bytes that all replicas have: they know each other's cancel keys by it, and show"
                    + " the same to whoever tries a role that does not exist.");
    static final Setting<InetAddress> POD_IP =
            Setting.optional("POD_IP", InetAddress::ofLiteral, "Address of this replica among those of CANCEL_PEERS.");
    static final Setting<Duration> DRAIN_TIMEOUT = Setting.withDefault(
            "DRAIN_TIMEOUT", SettingParsers::duration, "PT30S", "How long sessions may go on after SIGTERM.");
    static final Setting<Integer> MANAGEMENT_PORT = Setting.withDefault(
            "MANAGEMENT_PORT",
            SettingParsers::port,
            "9090",
            "Port of /livez, /readyz and /metrics; 0 takes any free one.");
    static final Setting<TransportChoice> TRANSPORT = Setting.withDefault(
            "TRANSPORT",
            TransportChoice::parse,
            "auto",
            "auto, io_uring, epoll or nio. auto: epoll if it works here, else nio. io_uring costs the least, and"
                    + " sometimes notices late that a client has vanished.");
    static final Setting<String> POD_NAME = Setting.withDefault(
            "POD_NAME", Function.identity(), "proxy", "Name of this replica, for logs and metrics.");

    static final Setting<Path> CONSOLE_USERS_FILE = Setting.optional(
            "CONSOLE_USERS_FILE",
            Path::of,
            "Who may use the administrators' console (database pgbouncer), with passwords or SCRAM verifiers: a line"
                    + " \"name\" \"password\" for each, as in PgBouncer's auth_file. RELOAD reads it anew. Absent: there"
                    + " is no console.");
    static final Setting<String> CONSOLE_USERS = Setting.optional(
            "CONSOLE_USERS", Function.identity(), "Its content, where a variable is easier to have than a file.");
    static final Setting<List<String>> CONSOLE_ADMIN_USERS = Setting.withDefault(
            "CONSOLE_ADMIN_USERS",
            SettingParsers::list,
            "admin",
            "Which of them may do everything there, separated by commas.");
    static final Setting<List<String>> CONSOLE_STATS_USERS =
            Setting.withDefault("CONSOLE_STATS_USERS", SettingParsers::list, "stats", "Which of them may only look.");

    /** They mean nothing without an operator in Kubernetes. */
    private static final Set<Setting<?>> OF_KUBERNETES = Set.of(OPERATOR_URL, OPERATOR_TOKEN_FILE, WATCH_NAMESPACES);

    static final List<Setting<?>> ALL = List.of(
            LISTEN_PORT,
            TLS_CERTIFICATE_FILE,
            TLS_KEY_FILE,
            TLS_REQUIRED,
            TLS_CLIENT_CA_FILE,
            TLS_CLIENT_AUTH,
            PROXY_DOMAIN,
            OPERATOR_URL,
            OPERATOR_TOKEN_FILE,
            WATCH_NAMESPACES,
            WAKE_TIMEOUT,
            LOGIN_TIMEOUT,
            LOGINS_PER_ADDRESS,
            LOGINS,
            PROXY_PROTOCOL_FROM,
            CANCEL_PEERS,
            SHARED_KEY_FILE,
            DRAIN_TIMEOUT,
            MANAGEMENT_PORT,
            TRANSPORT,
            POD_NAME,
            POD_IP,
            CONSOLE_USERS_FILE,
            CONSOLE_USERS,
            CONSOLE_ADMIN_USERS,
            CONSOLE_STATS_USERS);

    public ProxyConfig {
        watchNamespaces = List.copyOf(watchNamespaces);
    }

    /** Those that a settings file may say, too: no secrets. */
    static List<Setting<?>> inFiles() {
        return ALL.stream()
                .filter(setting -> !OF_KUBERNETES.contains(setting) && !setting.equals(CONSOLE_USERS))
                .toList();
    }

    /**
     * A proxy that asks an operator.
     *
     * @throws IllegalArgumentException naming all that is wrong, a line each
     */
    public static ProxyConfig read(Map<String, String> environment) {
        var reader = new SettingsReader(environment);
        var config = read(
                reader,
                reader.find(OPERATOR_URL),
                reader.find(OPERATOR_TOKEN_FILE),
                reader.get(WATCH_NAMESPACES, List.of()));
        reader.end();
        return config;
    }

    /** A proxy that does without an operator. The values count only if the reader has found no problem. */
    static ProxyConfig standalone(SettingsReader reader) {
        return read(reader, null, null, List.of());
    }

    private static ProxyConfig read(
            SettingsReader reader, @Nullable URI operator, @Nullable Path tokenFile, List<String> namespaces) {
        return new ProxyConfig(
                reader.get(LISTEN_PORT, 0),
                tls(reader),
                reader.find(PROXY_DOMAIN),
                operator,
                tokenFile,
                namespaces,
                reader.get(WAKE_TIMEOUT, Duration.ZERO),
                door(reader),
                reader.get(DRAIN_TIMEOUT, Duration.ZERO),
                reader.get(MANAGEMENT_PORT, 0),
                reader.get(TRANSPORT, TransportChoice.AUTO),
                reader.get(POD_NAME, ""),
                reader.find(SHARED_KEY_FILE),
                peers(reader),
                console(reader));
    }

    private static @Nullable TlsConfig tls(SettingsReader reader) {
        var certificate = reader.find(TLS_CERTIFICATE_FILE);
        var key = reader.find(TLS_KEY_FILE);
        boolean isRequired = reader.get(TLS_REQUIRED, true);
        var clientCa = reader.find(TLS_CLIENT_CA_FILE);
        var clients = reader.get(TLS_CLIENT_AUTH, ClientCertificates.NONE);
        if ((certificate == null) != (key == null)) {
            reader.problem("TLS_CERTIFICATE_FILE and TLS_KEY_FILE go together: set both or none");
        }
        if (clients != ClientCertificates.NONE && (clientCa == null || certificate == null)) {
            reader.problem("TLS_CLIENT_AUTH needs TLS_CLIENT_CA_FILE and a certificate of our own");
        }
        return certificate == null || key == null
                ? null
                : new TlsConfig(certificate, key, isRequired, clientCa, clients);
    }

    private static DoorConfig door(SettingsReader reader) {
        return new DoorConfig(
                reader.get(LOGIN_TIMEOUT, Duration.ZERO),
                reader.get(LOGINS_PER_ADDRESS, 0),
                reader.get(LOGINS, 0),
                reader.get(PROXY_PROTOCOL_FROM, List.of()));
    }

    private static @Nullable PeersConfig peers(SettingsReader reader) {
        var names = reader.find(CANCEL_PEERS);
        var own = reader.find(POD_IP);
        if (names != null && (own == null || reader.find(SHARED_KEY_FILE) == null)) {
            reader.problem("CANCEL_PEERS needs POD_IP and SHARED_KEY_FILE");
        }
        return names == null || own == null ? null : new PeersConfig(names, own);
    }

    private static @Nullable ConsoleConfig console(SettingsReader reader) {
        var file = reader.find(CONSOLE_USERS_FILE);
        var users = reader.find(CONSOLE_USERS);
        if (file != null && users != null) {
            reader.problem("CONSOLE_USERS_FILE and CONSOLE_USERS exclude each other: set one of them");
        }
        if (file == null && users == null) {
            return null;
        }
        return new ConsoleConfig(
                file,
                users == null ? "" : users,
                Set.copyOf(reader.get(CONSOLE_ADMIN_USERS, List.of())),
                Set.copyOf(reader.get(CONSOLE_STATS_USERS, List.of())));
    }

    /** What is in force, for {@code SHOW CONFIG}. Nothing secret: of keys and passwords it tells where they stand. */
    List<ConfigLine> lines() {
        return List.of(
                line(LISTEN_PORT, listenPort),
                line(TLS_CERTIFICATE_FILE, tls == null ? null : tls.certificateFile()),
                line(TLS_KEY_FILE, tls == null ? null : tls.keyFile()),
                line(TLS_REQUIRED, tls != null && tls.isRequired()),
                line(PROXY_DOMAIN, domain),
                line(OPERATOR_URL, operatorUrl),
                line(WATCH_NAMESPACES, String.join(",", watchNamespaces)),
                line(WAKE_TIMEOUT, wakeTimeout),
                line(LOGIN_TIMEOUT, door.loginTimeout()),
                line(LOGINS_PER_ADDRESS, door.loginsPerAddress()),
                line(LOGINS, door.logins()),
                line(SHARED_KEY_FILE, sharedKeyFile),
                line(DRAIN_TIMEOUT, drainTimeout),
                line(MANAGEMENT_PORT, managementPort),
                line(TRANSPORT, transport.name().toLowerCase(Locale.ROOT)),
                line(POD_NAME, podName),
                line(CONSOLE_USERS_FILE, console == null ? null : console.usersFile()),
                line(CONSOLE_ADMIN_USERS, console == null ? null : String.join(",", console.admins())),
                line(CONSOLE_STATS_USERS, console == null ? null : String.join(",", console.readers())));
    }

    private static ConfigLine line(Setting<?> setting, @Nullable Object value) {
        return new ConfigLine(
                setting.name().toLowerCase(Locale.ROOT),
                value == null ? null : value.toString(),
                setting.defaultText());
    }

    /** The settings as a Markdown table, for the manual. */
    public static String table() {
        return ALL.stream()
                .map(setting -> setting.row(setting.name()))
                .collect(Collectors.joining("", "| variable | default | meaning |%n|---|---|---|%n".formatted(), ""));
    }

    private static int count(String text) {
        return SettingParsers.between(1, Integer.MAX_VALUE).apply(text);
    }

    private static List<Cidr> networks(String text) {
        return SettingParsers.list(text).stream().map(Cidr::parse).toList();
    }

    private static List<Address> addresses(String text) {
        return SettingParsers.list(text).stream().map(Address::parse).toList();
    }
}
