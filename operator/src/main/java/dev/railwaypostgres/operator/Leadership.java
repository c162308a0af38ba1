package dev.railwaypostgres.operator;

import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
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

    private final String replica;
    private final Runnable onLost;
    private volatile boolean leading;

    /**
     * @param replica names this one among all
     * @param onLost called when another may lead; also in the course of an orderly end
     */
    Leadership(String replica, Runnable onLost) {
        this.replica = replica;
        this.onLost = onLost;
    }

    boolean isLeading() {
        return leading;
    }

    LeaderElectionConfiguration configuration(String namespace) {
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
