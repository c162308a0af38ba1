package dev.railwaypostgres.proxy.session;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.railwaypostgres.proxy.activity.ActivityLedger;
import dev.railwaypostgres.proxy.operator.Visitor;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who has woken a database and who keeps it awake, as people ask for it.
 *
 * @param isAwake as far as this replica knows
 * @param wakes the latest first
 * @param sessions that are logged in here and have worked, or wait to: who worked last first
 * @param holds suspends that were called off because of a session, the latest first
 * @param departed sessions that have worked and are gone
 */
record WhyAwake(
        String database,
        @JsonProperty("awake") boolean isAwake,
        List<Wake> wakes,
        List<Session> sessions,
        List<Hold> holds,
        List<Departed> departed) {
    /** Sessions beyond these are not shown. */
    private static final int SHOWN = 100;

    private static final ObjectMapper JSON =
            new ObjectMapper().setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL);

    /** @param milliseconds until Postgres answered; absent: it has not yet */
    record Wake(
            String at,
            String client,
            String application,
            String role,
            String statement,
            @Nullable Long milliseconds) {
        private static Wake of(ActivityLedger.Wake wake) {
            var by = wake.by();
            var took = wake.took();
            return new Wake(
                    text(wake.at()),
                    by.client(),
                    by.application(),
                    by.role(),
                    by.statement(),
                    took == null ? null : took.toMillis());
        }
    }

    /**
     * @param statement what it did last
     * @param pin why it cannot leave its server connection; absent: it can
     */
    record Session(
            String client,
            String application,
            String role,
            String state,
            @Nullable String pin,
            String statement,
            String lastWork,
            long transactions) {
        static Session of(
                Visitor visitor, Standing standing, @Nullable String pin, Instant lastWork, long transactions) {
            return new Session(
                    visitor.client(),
                    visitor.application(),
                    visitor.role(),
                    standing.text(),
                    pin,
                    visitor.statement(),
                    text(lastWork),
                    transactions);
        }
    }

    record Hold(String at, String client, String application, String role, String reason) {
        private static Hold of(ActivityLedger.Hold hold) {
            var by = hold.by();
            return new Hold(text(hold.at()), by.client(), by.application(), by.role(), hold.reason());
        }
    }

    /** @param sessions how many of the same application, host and role */
    record Departed(
            String host,
            String application,
            String role,
            String statement,
            String lastWork,
            long sessions,
            long transactions) {
        private static Departed of(ActivityLedger.Departed departed) {
            var last = departed.latest();
            return new Departed(
                    last.host(),
                    last.application(),
                    last.role(),
                    last.statement(),
                    text(departed.lastWork()),
                    departed.sessions(),
                    departed.transactions());
        }
    }

    static WhyAwake of(String database, boolean isAwake, List<Session> workedLastFirst, ActivityLedger ledger) {
        return new WhyAwake(
                database,
                isAwake,
                ledger.wakes().stream().map(Wake::of).toList(),
                workedLastFirst.stream().limit(SHOWN).toList(),
                ledger.holds().stream().map(Hold::of).toList(),
                ledger.departed().stream().map(Departed::of).toList());
    }

    /** A moment so many nanoseconds ago. */
    static Instant ago(long nanos) {
        return Instant.now().minus(Duration.ofNanos(nanos));
    }

    private static String text(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    String json() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records of texts are always JSON", e);
        }
    }
}
