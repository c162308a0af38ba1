package dev.railwaypostgres.operator;

import dev.railwaypostgres.archive.NoArchive;
import dev.railwaypostgres.operator.api.ApiServer;
import dev.railwaypostgres.operator.compute.KubernetesConnectionSecrets;
import dev.railwaypostgres.operator.database.DatabaseSettings;
import dev.railwaypostgres.operator.database.Databases;
import dev.railwaypostgres.operator.database.ProxyEntrance;
import dev.railwaypostgres.operator.database.RailwayHomes;
import dev.railwaypostgres.operator.events.KubernetesEventRecorder;
import dev.railwaypostgres.operator.manage.ManagementServer;
import dev.railwaypostgres.operator.manage.OperatorMetrics;
import dev.railwaypostgres.operator.status.StatusWriter;
import dev.railwaypostgres.sleep.SleepTerms;
import dev.railwaypostgres.sleep.compute.PostgresComputeSql;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole operator, put together and running until it is closed: the only place that says {@code new} for services.
 *
 * <p>Every replica serves the API and watches; the one that leads also reconciles. It never ends the JVM: who started it
 * is told by {@link #failure()} when it cannot go on.
 */
public final class OperatorProcess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OperatorProcess.class);

    private final CompletableFuture<String> failure = new CompletableFuture<>();
    private final OperatorMetrics metrics = new OperatorMetrics();
    private final RailwayHomes homes;
    private final Databases databases;
    private final Reconciliation reconciliation;
    private final ManagementServer management;
    private final ApiServer api;

    private OperatorProcess(OperatorConfig config, KubernetesClient client) {
        var clock = InstantSource.system();
        homes = new RailwayAccess(config.railway(), metrics).homes(client);
        databases = databases(config, client, clock);
        reconciliation = new Reconciliation(config, client, metrics.reconciles(), failure::complete);
        metrics.watchLeading(reconciliation::isLeading);
        metrics.watchPhases(reconciliation::phases);
        management = new ManagementServer(config.managementPort(), reconciliation::isHealthy, metrics::scrape);
        api = ApiServer.start(config.apiPort(), config.proxy().serviceAccount(), client, clock);
    }

    /**
     * Starts all parts; returns when the watches are up.
     *
     * @param client remains the caller's, and has to live longer
     */
    public static OperatorProcess start(OperatorConfig config, KubernetesClient client) {
        var process = new OperatorProcess(config, client);
        try {
            process.databases.start();
            process.reconciliation.start(process.databases.reconciler());
        } catch (RuntimeException e) {
            process.close();
            throw e;
        }
        LOG.atInfo()
                .addKeyValue("apiPort", process.apiPort())
                .addKeyValue("managementPort", process.managementPort())
                .log("The operator runs");
        return process;
    }

    /** Completes with a sentence when the operator cannot go on and has to be started anew. */
    public CompletableFuture<String> failure() {
        return failure.copy();
    }

    public int apiPort() {
        return api.port();
    }

    public int managementPort() {
        return management.port();
    }

    /** Whether this is the replica that reconciles. */
    public boolean isLeading() {
        return reconciliation.isLeading();
    }

    /** Ends in order: no more requests, running reconciles to their end, the Lease given back. */
    @Override
    public void close() {
        api.close();
        reconciliation.close();
        databases.close();
        homes.close();
        management.close();
    }

    private Databases databases(OperatorConfig config, KubernetesClient client, InstantSource clock) {
        var ports = new Databases.Ports(
                homes,
                new PostgresComputeSql(),
                new KubernetesConnectionSecrets(client),
                new NoArchive(),
                new StatusWriter(clock, metrics),
                new KubernetesEventRecorder(client, clock, config.podName()),
                clock);
        var proxy = config.proxy();
        var entrance = new ProxyEntrance(proxy.host(), proxy.port(), proxy.domain());
        var settings = new DatabaseSettings(config.computeImage(), entrance, config.activityInterval());
        var terms = SleepTerms.DEFAULT.withDeploy(config.deployTimeout());
        return new Databases(ports, settings, terms, config.resyncInterval());
    }
}
