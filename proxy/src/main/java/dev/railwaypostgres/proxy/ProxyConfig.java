package dev.railwaypostgres.proxy;

import dev.railwaypostgres.proxy.server.TransportChoice;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The proxy's settings, one environment variable each.
 *
 * @param listenPort for clients; 0: any free one
 * @param tls null: only unencrypted clients
 * @param domain host names below it name endpoints; null: clients name them otherwise
 * @param watchNamespaces empty: all
 * @param wakeTimeout how long a client waits for a database to wake up
 * @param loginTimeout from connect to the end of the login
 * @param drainTimeout how long sessions may go on after the proxy was told to end
 * @param managementPort for probes and metrics; 0: any free one
 */
public record ProxyConfig(
        int listenPort,
        @Nullable Tls tls,
        @Nullable String domain,
        URI operatorUrl,
        Path operatorTokenFile,
        List<String> watchNamespaces,
        Duration wakeTimeout,
        Duration loginTimeout,
        Duration drainTimeout,
        int managementPort,
        TransportChoice transport,
        String podName) {

    /** @param isRequired unencrypted clients are sent away */
    public record Tls(Path certificateFile, Path keyFile, boolean isRequired) {}

    static final Setting<Integer> LISTEN_PORT =
            Setting.withDefault("LISTEN_PORT", ProxyConfig::port, "5432", "Port for clients; 0 takes any free one.");
    static final Setting<Path> TLS_CERTIFICATE_FILE = Setting.optional(
            "TLS_CERTIFICATE_FILE", Path::of, "Certificate chain in PEM. Absent: clients connect unencrypted.");
    static final Setting<Path> TLS_KEY_FILE =
            Setting.optional("TLS_KEY_FILE", Path::of, "Private key of the certificate in PEM.");
    static final Setting<Boolean> TLS_REQUIRED = Setting.withDefault(
            "TLS_REQUIRED",
            ProxyConfig::bool,
            "true",
            "true or false: whether unencrypted clients are sent away. Means nothing without a certificate.");
    static final Setting<String> PROXY_DOMAIN = Setting.optional(
            "PROXY_DOMAIN",
            Function.identity(),
            "Host names below this domain name endpoints: <endpoint>.<domain>. Absent: clients name the endpoint"
                    + " by options=endpoint=<endpoint> or by the database's name.");
    static final Setting<URI> OPERATOR_URL =
            Setting.required("OPERATOR_URL", ProxyConfig::httpUrl, "Base URL of the operator's HTTP API.");
    static final Setting<Path> OPERATOR_TOKEN_FILE = Setting.required(
            "OPERATOR_TOKEN_FILE",
            Path::of,
            "ServiceAccount token for the operator's API; read anew for every request.");
    static final Setting<List<String>> WATCH_NAMESPACES = Setting.withDefault(
            "WATCH_NAMESPACES", ProxyConfig::list, ",", "Namespaces to serve, separated by commas. Absent: all.");
    static final Setting<Duration> WAKE_TIMEOUT = Setting.withDefault(
            "WAKE_TIMEOUT", ProxyConfig::duration, "PT120S", "How long a client waits for a database to wake up.");
    static final Setting<Duration> LOGIN_TIMEOUT = Setting.withDefault(
            "LOGIN_TIMEOUT", ProxyConfig::duration, "PT60S", "From connect to the end of a client's login.");
    static final Setting<Duration> DRAIN_TIMEOUT = Setting.withDefault(
            "DRAIN_TIMEOUT", ProxyConfig::duration, "PT30S", "How long sessions may go on after SIGTERM.");
    static final Setting<Integer> MANAGEMENT_PORT = Setting.withDefault(
            "MANAGEMENT_PORT",
            ProxyConfig::port,
            "9090",
            "Port of /livez, /readyz and /metrics; 0 takes any free one.");
    static final Setting<TransportChoice> TRANSPORT = Setting.withDefault(
            "TRANSPORT",
            TransportChoice::parse,
            "auto",
            "auto, io_uring, epoll or nio. auto takes the first of them that works here.");
    static final Setting<String> POD_NAME = Setting.withDefault(
            "POD_NAME", Function.identity(), "proxy", "Name of this replica, for logs and metrics.");

    static final List<Setting<?>> ALL = List.of(
            LISTEN_PORT,
            TLS_CERTIFICATE_FILE,
            TLS_KEY_FILE,
            TLS_REQUIRED,
            PROXY_DOMAIN,
            OPERATOR_URL,
            OPERATOR_TOKEN_FILE,
            WATCH_NAMESPACES,
            WAKE_TIMEOUT,
            LOGIN_TIMEOUT,
            DRAIN_TIMEOUT,
            MANAGEMENT_PORT,
            TRANSPORT,
            POD_NAME);

    public ProxyConfig {
        watchNamespaces = List.copyOf(watchNamespaces);
    }

    /**
     * @throws IllegalArgumentException naming all that is wrong, a line each
     */
    public static ProxyConfig read(Map<String, String> environment) {
        var reader = new SettingsReader(environment);
        var config = new ProxyConfig(
                reader.get(LISTEN_PORT, 0),
                tls(reader),
                reader.find(PROXY_DOMAIN),
                reader.get(OPERATOR_URL, URI.create("http://unset")),
                reader.get(OPERATOR_TOKEN_FILE, Path.of("unset")),
                reader.get(WATCH_NAMESPACES, List.of()),
                reader.get(WAKE_TIMEOUT, Duration.ZERO),
                reader.get(LOGIN_TIMEOUT, Duration.ZERO),
                reader.get(DRAIN_TIMEOUT, Duration.ZERO),
                reader.get(MANAGEMENT_PORT, 0),
                reader.get(TRANSPORT, TransportChoice.AUTO),
                reader.get(POD_NAME, ""));
        reader.end();
        return config;
    }

    private static @Nullable Tls tls(SettingsReader reader) {
        var certificate = reader.find(TLS_CERTIFICATE_FILE);
        var key = reader.find(TLS_KEY_FILE);
        boolean isRequired = reader.get(TLS_REQUIRED, true);
        if ((certificate == null) != (key == null)) {
            reader.problem("TLS_CERTIFICATE_FILE and TLS_KEY_FILE go together: set both or none");
        }
        return certificate == null || key == null ? null : new Tls(certificate, key, isRequired);
    }

    /** The settings as a Markdown table, for the manual. */
    public static String table() {
        return ALL.stream()
                .map(setting -> "| `%s` | %s | %s |%n".formatted(setting.name(), defaultOf(setting), setting.meaning()))
                .collect(Collectors.joining("", "| variable | default | meaning |%n|---|---|---|%n".formatted(), ""));
    }

    private static String defaultOf(Setting<?> setting) {
        if (setting.isRequired()) {
            return "required";
        }
        var text = Objects.requireNonNullElse(setting.defaultText(), "").replace(",", "");
        return text.isEmpty() ? "" : "`" + text + "`";
    }

    private static int port(String text) {
        int port = Integer.parseInt(text);
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("not a port");
        }
        return port;
    }

    private static boolean bool(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("neither true nor false");
        };
    }

    private static URI httpUrl(String text) {
        var url = URI.create(text);
        if (url.getHost() == null || !List.of("http", "https").contains(url.getScheme())) {
            throw new IllegalArgumentException("not an HTTP URL");
        }
        return url;
    }

    private static Duration duration(String text) {
        var duration = Duration.parse(text);
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("not above zero");
        }
        return duration;
    }

    private static List<String> list(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }
}
