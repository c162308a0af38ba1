package dev.railwaypostgres.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfig;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectorBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this replica is the one that reconciles.
 *
 * <p>A replica that lost the Lease may still be in the middle of a step, and another begins: steps are safe to be taken
 * twice, and the process that lost ends at once. It must not end by itself, though: where it runs, others decide how.
 */
final class Leadership {
    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);
    private static final String LEASE = "railway-postgres-operator";
    private static final Duration LEASE_DURATION = Duration.ofSeconds(15);
    private static final Duration RENEW_DEADLINE = Duration.ofSeconds(10);
    private static final Duration RETRY_PERIOD = Duration.ofSeconds(2);

    private final String namespace;
    private final String replica;
    private final Runnable onLost;
    private volatile boolean leading;

    /**
     * @param namespace of the Lease
     * @param replica names this one among all
     * @param onLost called when another may lead; also in the course of an orderly end
     */
    Leadership(String namespace, String replica, Runnable onLost) {
        this.namespace = namespace;
        this.replica = replica;
        this.onLost = onLost;
    }

    boolean isLeading() {
        return leading;
    }

    LeaderElectionConfiguration configuration() {
        return new LeaderElectionConfiguration(
                LEASE,
                namespace,
                LEASE_DURATION,
                RENEW_DEADLINE,
                RETRY_PERIOD,
                replica,
                new LeaderCallbacks(this::begin, this::end, this::told),
                false);
    }

    /**
     * Gives the Lease back after the last step, so that no other replica has to wait until it has run out. The framework
     * does not.
     */
    void giveBack(KubernetesClient client) {
        var nobody = new LeaderCallbacks(() -> {}, () -> {}, _ -> {});
        var lock = new LeaseLock(namespace, LEASE, replica);
        var config = new LeaderElectionConfig(lock, LEASE_DURATION, RENEW_DEADLINE, RETRY_PERIOD, nobody, true, LEASE);
        try {
            new LeaderElectorBuilder(client, Runnable::run)
                    .withConfig(config)
                    .build()
                    .release();
        } catch (KubernetesClientException e) {
            LOG.atInfo().setCause(e).log("The Lease is not given back and has to run out");
        }
    }

    private void begin() {
        leading = true;
        LOG.atInfo().addKeyValue("replica", replica).log("This replica leads");
    }

    private void end() {
        if (leading) {
            leading = false;
            LOG.atInfo().addKeyValue("replica", replica).log("This replica leads no more");
            onLost.run();
        }
    }

    private void told(String leader) {
        LOG.atInfo().addKeyValue("leader", leader).log("There is a leader");
    }
}
