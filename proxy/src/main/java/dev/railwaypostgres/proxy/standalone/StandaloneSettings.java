package dev.railwaypostgres.proxy.standalone;

import dev.railwaypostgres.proxy.route.PoolPolicy;
import dev.railwaypostgres.proxy.settings.Reference;
import dev.railwaypostgres.railway.Plan;
import dev.railwaypostgres.railway.RailwayToken;
import dev.railwaypostgres.sleep.SleepPolicy;
import dev.railwaypostgres.sleep.compute.AdminLogin;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a settings file says, apart from the proxy's own settings.
 *
 * @param stateFolder where verifiers are kept; null: in memory only
 */
public record StandaloneSettings(@Nullable Path stateFolder, Railway railway, List<Database> databases) {
    public StandaloneSettings {
        databases = List.copyOf(databases);
    }

    /**
     * How to reach Railway.
     *
     * @param token where it stands: it is read anew when Railway refuses it
     * @param environment its id; null: the one that a project token belongs to
     */
    public record Railway(
            URI apiUrl,
            Reference token,
            RailwayToken.Kind tokenKind,
            Plan plan,
            @Nullable String environment) {}

    /**
     * One database that is there already.
     *
     * @param name that clients route by
     * @param service its name or id on Railway
     * @param databaseName in Postgres, that clients route by who say no name; {@link
     *     dev.railwaypostgres.proxy.route.Route#ANY_DATABASE} for all
     */
    public record Database(
            String name,
            String service,
            AdminLogin login,
            String databaseName,
            SleepPolicy sleep,
            PoolPolicy pooling) {}
}
