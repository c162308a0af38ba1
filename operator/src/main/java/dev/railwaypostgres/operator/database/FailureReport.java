package dev.railwaypostgres.operator.database;

import dev.railwaypostgres.crds.v1alpha1.Phase;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabase;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabaseStatus;
import dev.railwaypostgres.operator.events.EventRecorder;
import dev.railwaypostgres.operator.failure.Verdict;
import dev.railwaypostgres.operator.status.Claim;
import dev.railwaypostgres.operator.status.ConditionType;
import dev.railwaypostgres.operator.status.StatusWriter;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what a failed pass means: in the status, as an event when it is new, in the log. */
public final class FailureReport {
    static final Duration CLEANUP_RETRY = Duration.ofSeconds(15);

    private static final Logger LOG = LoggerFactory.getLogger(FailureReport.class);

    private final EventRecorder events;

    public FailureReport(EventRecorder events) {
        this.events = events;
    }

    void tell(ServerlessDatabase database, Verdict verdict, Throwable failure, Report report) {
        LOG.atLevel(verdict.level())
                .setCause(failure)
                .addKeyValue("database", DatabaseObserver.ref(database))
                .addKeyValue("reason", verdict.reason())
                .log("A pass failed");
        ServerlessDatabaseStatus status = StatusWriter.current(database);
        if (verdict.passing() && servesClients(status)) {
            return;
        }
        boolean known = ConditionType.READY.isIn(status, verdict.reason());
        report.write(status, List.of(Claim.fails(ConditionType.READY, verdict.reason(), verdict.sentence())));
        if (!known && !verdict.passing()) {
            events.warning(database, verdict.reason(), verdict.sentence());
        }
    }

    private static boolean servesClients(ServerlessDatabaseStatus status) {
        return status.phase() == Phase.ACTIVE
                || status.phase() == Phase.SUSPENDING
                || status.phase() == Phase.SUSPENDED;
    }
}
