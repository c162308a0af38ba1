package dev.railwaypostgres.operator.database;

import dev.railwaypostgres.crds.v1alpha1.Bootstrap;
import dev.railwaypostgres.crds.v1alpha1.Compute;
import dev.railwaypostgres.crds.v1alpha1.Plan;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabaseSpec;
import dev.railwaypostgres.operator.compute.Credentials;
import dev.railwaypostgres.railway.model.ResourceLimits;
import io.fabric8.kubernetes.api.model.Quantity;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a compute is to run with.
 *
 * @param variables with the verifiers; the plain passwords never go to Railway
 * @param hash two hashes with a dash between: of image, limits and variables without verifiers, which take a start to
 *     change; and of the parameters, of which most do not. Equal texts, equal settings
 */
public record ComputeConfiguration(
        String image, ResourceLimits limits, @Nullable String region, Map<String, String> variables, String hash) {
    public static final String MOUNT_PATH = "/var/lib/postgresql/data";
    public static final int PORT = 5432;
    public static final Duration DRAINING = Duration.ofSeconds(60);
    public static final String HASH_VARIABLE = "RAILWAY_POSTGRES_CONFIG";
    public static final String UID_VARIABLE = "RAILWAY_POSTGRES_DATABASE_UID";
    public static final String PARAMETERS_VARIABLE = "POSTGRES_PARAMETERS";

    private static final int HASH_LENGTH = 16;

    public ComputeConfiguration {
        variables = Map.copyOf(variables);
    }

    /** @param imagePattern with {@code {major}} in it */
    static ComputeConfiguration of(
            DatabaseRef database, ServerlessDatabaseSpec spec, Credentials credentials, String imagePattern) {
        String image = imagePattern.replace("{major}", spec.postgresVersion().toString());
        ResourceLimits limits = limits(spec.compute(), spec.plan());
        Map<String, String> variables = new TreeMap<>(settings(database, spec));
        String parameters = parameters(spec.postgresql().parameters());
        String hash = hash(image + "\n" + limits + "\n" + variables) + "-" + hash(parameters);
        variables.put(PARAMETERS_VARIABLE, parameters);
        variables.put("ADMIN_VERIFIER", credentials.adminVerifier());
        variables.put("OWNER_VERIFIER", credentials.ownerVerifier());
        variables.put(HASH_VARIABLE, hash);
        return new ComputeConfiguration(image, limits, spec.region(), variables, hash);
    }

    String parameters() {
        return variables.getOrDefault(PARAMETERS_VARIABLE, "");
    }

    /** Whether a compute that was deployed with the configuration of that hash has to be started anew for this one. */
    boolean takesAStartAfter(@Nullable String deployed) {
        return deployed == null || !startPart(deployed).equals(startPart(hash));
    }

    private static String startPart(String hash) {
        return hash.split("-", 2)[0];
    }

    private static Map<String, String> settings(DatabaseRef database, ServerlessDatabaseSpec spec) {
        Bootstrap.InitDb initdb = initdb(spec);
        return Map.of(
                "PGDATA",
                MOUNT_PATH + "/pgdata",
                "PGPORT",
                Integer.toString(PORT),
                "LISTEN_ADDRESSES",
                "*",
                "DATABASE_NAME",
                initdb.database(),
                "DATABASE_OWNER",
                initdb.owner(),
                "RAILWAY_DEPLOYMENT_DRAINING_SECONDS",
                Long.toString(DRAINING.toSeconds()),
                UID_VARIABLE,
                database.uid());
    }

    private static Bootstrap.InitDb initdb(ServerlessDatabaseSpec spec) {
        Bootstrap bootstrap = spec.bootstrap();
        Bootstrap.InitDb given = bootstrap == null ? null : bootstrap.initdb();
        return Objects.requireNonNullElseGet(given, () -> new Bootstrap.InitDb("app", "app"));
    }

    /** Lines of a postgresql.conf, where a quote and a backslash are written twice. */
    private static String parameters(Map<String, String> parameters) {
        return new TreeMap<>(parameters)
                .entrySet().stream().map(ComputeConfiguration::line).collect(Collectors.joining("\n"));
    }

    private static String line(Map.Entry<String, String> parameter) {
        String value = parameter.getValue().replace("\\", "\\\\").replace("'", "''");
        return parameter.getKey() + " = '" + value + "'";
    }

    private static ResourceLimits limits(Compute compute, Plan plan) {
        String cpu = Objects.requireNonNullElse(compute.cpu(), plan == Plan.PRO ? "2" : "1");
        String memory = Objects.requireNonNullElse(compute.memory(), plan == Plan.PRO ? "4Gi" : "1Gi");
        return new ResourceLimits(
                new Quantity(cpu).getNumericalAmount().doubleValue(),
                new Quantity(memory).getNumericalAmount().longValue());
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HASH_LENGTH);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    /** Names the image and the hash, no variable. */
    @Override
    public String toString() {
        return "ComputeConfiguration[" + image + ", " + hash + "]";
    }
}
