package dev.railwaypostgres.operator;

import dev.railwaypostgres.railway.Plan;
import dev.railwaypostgres.railway.RailwayToken;
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
 * The operator's settings, one environment variable each.
 *
 * @param resyncInterval between two lists of what is on Railway
 * @param activityInterval between two looks at what the sessions of an awake database do
 * @param deployTimeout how long a start may take before it counts as overdue
 * @param computeImage with {@code {major}} in it
 * @param watchNamespaces empty: all
 * @param apiPort 0: any that is free
 * @param managementPort 0: any that is free
 * @param podName names this replica among all: two of the same name would both lead
 */
public record OperatorConfig(
        Railway railway,
        Proxy proxy,
        Duration resyncInterval,
        Duration activityInterval,
        Duration deployTimeout,
        String computeImage,
        Set<String> watchNamespaces,
        String leaseNamespace,
        int apiPort,
        int managementPort,
        String podName) {

    /**
     * Railway, and where databases live that name no place of their own.
     *
     * @param tokenFile null: databases bring tokens of their own
     * @param projectId null, with the environment: databases name their own
     */
    public record Railway(
            URI apiUrl,
            @Nullable Path tokenFile,
            RailwayToken.Kind tokenKind,
            Plan plan,
            @Nullable String projectId,
            @Nullable String environmentId) {}

    /**
     * The proxy, as clients see it and as it calls us.
     *
     * @param domain null: clients name the endpoint by an option
     * @param serviceAccount its user name in Kubernetes
     */
    public record Proxy(String host, int port, @Nullable String domain, String serviceAccount) {}

    static final Setting<URI> RAILWAY_API_URL = Setting.withDefault(
            "RAILWAY_API_URL",
            SettingParsers::httpUrl,
            "https://backboard.railway.com/graphql/v2",
            "Railway's GraphQL API.");
    static final Setting<Path> RAILWAY_TOKEN_FILE = Setting.optional(
            "RAILWAY_TOKEN_FILE",
            Path::of,
            "File with the Railway token, read anew when it changes. Absent: each database brings its own.");
    static final Setting<RailwayToken.Kind> RAILWAY_TOKEN_KIND = Setting.withDefault(
            "RAILWAY_TOKEN_KIND",
            RailwayToken.Kind::named,
            "Workspace",
            "Workspace, Account or Project: what kind of token it is, and those of the databases too.");
    static final Setting<String> RAILWAY_PROJECT_ID = Setting.optional(
            "RAILWAY_PROJECT_ID", Function.identity(), "Project for databases that name none themselves.");
    static final Setting<String> RAILWAY_ENVIRONMENT_ID =
            Setting.optional("RAILWAY_ENVIRONMENT_ID", Function.identity(), "Environment in that project.");
    static final Setting<Plan> RAILWAY_PLAN = Setting.withDefault(
            "RAILWAY_PLAN",
            text -> Plan.valueOf(text.toUpperCase(Locale.ROOT)),
            "Hobby",
            "Hobby or Pro: the workspace's plan, which sets how many API calls the operator allows itself.");
    static final Setting<Duration> RESYNC_INTERVAL = Setting.withDefault(
            "RESYNC_INTERVAL",
            SettingParsers::duration,
            "PT60S",
            "How often Railway is listed to find what changed there; one call for each environment.");
    static final Setting<Duration> ACTIVITY_INTERVAL = Setting.withDefault(
            "ACTIVITY_INTERVAL",
            SettingParsers::duration,
            "PT2S",
            "How often an awake database is asked what its sessions do.");
    static final Setting<Duration> DEPLOY_TIMEOUT = Setting.withDefault(
            "DEPLOY_TIMEOUT",
            SettingParsers::duration,
            "PT5M",
            "How long Railway may take to start a database before that counts as overdue.");
    static final Setting<String> COMPUTE_IMAGE = Setting.withDefault(
            "COMPUTE_IMAGE",
            SettingParsers::imagePattern,
            "railway-postgres/compute:{major}",
            "Image of the databases; {major} becomes the PostgreSQL version.");
    static final Setting<String> PROXY_HOST = Setting.required(
            "PROXY_HOST",
            Function.identity(),
            "Host name of the proxy in connection strings, unless there is a domain.");
    static final Setting<Integer> PROXY_PORT =
            Setting.withDefault("PROXY_PORT", SettingParsers::port, "5432", "Port of the proxy in connection strings.");
    static final Setting<String> PROXY_DOMAIN = Setting.optional(
            "PROXY_DOMAIN",
            Function.identity(),
            "Domain whose sub-domains lead to the proxy: each database gets the host name <endpoint>.<domain>.");
    static final Setting<String> PROXY_SERVICE_ACCOUNT = Setting.required(
            "PROXY_SERVICE_ACCOUNT",
            SettingParsers::serviceAccount,
            "Who may call the operator's API: system:serviceaccount:<namespace>:<name>.");
    static final Setting<Set<String>> WATCH_NAMESPACES = Setting.withDefault(
            "WATCH_NAMESPACES", SettingParsers::names, "", "Namespaces to serve, separated by commas. Empty: all.");
    static final Setting<String> LEASE_NAMESPACE = Setting.required(
            "LEASE_NAMESPACE", Function.identity(), "Namespace of the Lease by which the replicas choose a leader.");
    static final Setting<Integer> API_PORT = Setting.withDefault(
            "API_PORT", SettingParsers::port, "8080", "Port of the API that the proxy calls; 0 takes any free one.");
    static final Setting<Integer> MANAGEMENT_PORT = Setting.withDefault(
            "MANAGEMENT_PORT",
            SettingParsers::port,
            "9090",
            "Port of /livez, /readyz and /metrics; 0 takes any free one.");
    static final Setting<String> POD_NAME =
            Setting.required("POD_NAME", Function.identity(), "Name of this replica; no other may have the same.");

    static final List<Setting<?>> ALL = List.of(
            RAILWAY_API_URL,
            RAILWAY_TOKEN_FILE,
            RAILWAY_TOKEN_KIND,
            RAILWAY_PROJECT_ID,
            RAILWAY_ENVIRONMENT_ID,
            RAILWAY_PLAN,
            RESYNC_INTERVAL,
            ACTIVITY_INTERVAL,
            DEPLOY_TIMEOUT,
            COMPUTE_IMAGE,
            PROXY_HOST,
            PROXY_PORT,
            PROXY_DOMAIN,
            PROXY_SERVICE_ACCOUNT,
            WATCH_NAMESPACES,
            LEASE_NAMESPACE,
            API_PORT,
            MANAGEMENT_PORT,
            POD_NAME);

    public OperatorConfig {
        watchNamespaces = Set.copyOf(watchNamespaces);
    }

    /**
     * @throws IllegalArgumentException naming all that is wrong, a line each
     */
    public static OperatorConfig read(Map<String, String> environment) {
        var reader = new SettingsReader(environment);
        var config = new OperatorConfig(
                railway(reader),
                proxy(reader),
                reader.get(RESYNC_INTERVAL, Duration.ZERO),
                reader.get(ACTIVITY_INTERVAL, Duration.ZERO),
                reader.get(DEPLOY_TIMEOUT, Duration.ZERO),
                reader.get(COMPUTE_IMAGE, ""),
                reader.get(WATCH_NAMESPACES, Set.of()),
                reader.get(LEASE_NAMESPACE, ""),
                reader.get(API_PORT, 0),
                reader.get(MANAGEMENT_PORT, 0),
                reader.get(POD_NAME, ""));
        reader.end();
        return config;
    }

    private static Railway railway(SettingsReader reader) {
        var railway = new Railway(
                reader.get(RAILWAY_API_URL, URI.create("http://unset")),
                reader.find(RAILWAY_TOKEN_FILE),
                reader.get(RAILWAY_TOKEN_KIND, RailwayToken.Kind.WORKSPACE),
                reader.get(RAILWAY_PLAN, Plan.HOBBY),
                reader.find(RAILWAY_PROJECT_ID),
                reader.find(RAILWAY_ENVIRONMENT_ID));
        if ((railway.projectId() == null) != (railway.environmentId() == null)) {
            reader.problem("RAILWAY_PROJECT_ID and RAILWAY_ENVIRONMENT_ID go together: set both or none.");
        }
        return railway;
    }

    private static Proxy proxy(SettingsReader reader) {
        return new Proxy(
                reader.get(PROXY_HOST, ""),
                reader.get(PROXY_PORT, 0),
                reader.find(PROXY_DOMAIN),
                reader.get(PROXY_SERVICE_ACCOUNT, ""));
    }

    /** The settings as a Markdown table, for the manual. */
    public static String table() {
        return ALL.stream()
                .map(Setting::row)
                .collect(Collectors.joining("\n", "| variable | default | meaning |\n|---|---|---|\n", "\n"));
    }
}
