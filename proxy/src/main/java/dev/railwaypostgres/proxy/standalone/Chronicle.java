package dev.railwaypostgres.proxy.standalone;

import dev.railwaypostgres.crds.v1alpha1.Phase;
import dev.railwaypostgres.sleep.SleepDecision;
import dev.railwaypostgres.sleep.SleepReason;
import dev.railwaypostgres.sleep.SleepState;
import dev.railwaypostgres.sleep.SleepTrouble;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Tells people about one database, in the log: what it does, what keeps it awake, what is wrong with it. Each thing once. */
final class Chronicle {
    private static final Logger LOG = LoggerFactory.getLogger(Chronicle.class);

    private final String database;
    private @Nullable SleepState told;
    private List<String> blockers = List.of();
    private Optional<SleepTrouble> trouble = Optional.empty();

    Chronicle(String database) {
        this.database = database;
    }

    void tell(SleepDecision decision) {
        var before = told;
        told = decision.state();
        if (before == null || before.phase() != told.phase()) {
            tellPhase(before, told);
        }
        if (!decision.blockers().isEmpty() && !decision.blockers().equals(blockers)) {
            line().addKeyValue("because", String.join(" ", decision.blockers())).log("stays awake");
        }
        blockers = decision.blockers();
        tellTrouble(decision);
    }

    /** Trouble comes and goes between two tries: it is over when the database is awake and well. */
    private void tellTrouble(SleepDecision decision) {
        if (decision.trouble().isPresent() && !decision.trouble().equals(trouble)) {
            trouble = decision.trouble();
            trouble.ifPresent(
                    found -> LOG.atWarn().addKeyValue("database", database).log(sentence(found)));
        } else if (decision.trouble().isEmpty() && decision.state().phase() == Phase.ACTIVE) {
            trouble = Optional.empty();
        }
    }

    private void tellPhase(@Nullable SleepState before, SleepState now) {
        switch (now.phase()) {
            case ACTIVE -> tellAwake(before, now);
            case SUSPENDING -> line().log("going to sleep: there is no work");
            case SUSPENDED ->
                line().log(
                                before != null && now.reason() == SleepReason.STOPPED
                                        ? "found stopped, which nobody here asked for; the next statement wakes it"
                                        : "asleep");
            case WAKING ->
                line().addKeyValue("for", now.wake() == null ? "" : now.wake().by())
                        .log("waking");
            case PROVISIONING, RESTORING, FAILED, DELETING -> throw new IllegalStateException("never here: " + now);
        }
    }

    private void tellAwake(@Nullable SleepState before, SleepState now) {
        var took = now.wake() == null ? null : now.wake().took();
        if (before != null && before.phase() == Phase.SUSPENDING) {
            line().log("stays awake: work or a wish came in time");
        } else if (took != null) {
            line().addKeyValue("after", seconds(took)).log("awake");
        }
    }

    private LoggingEventBuilder line() {
        return LOG.atInfo().addKeyValue("database", database);
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1fs", duration.toMillis() / 1000.0);
    }

    private static String sentence(SleepTrouble trouble) {
        return switch (trouble) {
            case SleepTrouble.Unreachable(String message) -> "it should be awake, and cannot be asked: " + message;
            case SleepTrouble.LoginRefused(String message) ->
                "Postgres refuses the login of databases[].admin, so that it is never put to sleep: " + message;
            case SleepTrouble.StopIgnored _ -> "it does not stop, whatever Railway is asked; look at the service there";
            case SleepTrouble.ComesBack _ ->
                "it is started again each time that it has ended; look at the restart policy of the service on Railway";
            case SleepTrouble.ArchiveBehind(String why) -> "it stays awake, since the archive is behind: " + why;
            case SleepTrouble.WakeFailed _ ->
                "the last start failed, and is tried again; the log of the service on Railway says why";
            case SleepTrouble.WakeOverdue _ ->
                "it was started and still accepts no login; the log of the service on Railway may say why";
        };
    }
}
