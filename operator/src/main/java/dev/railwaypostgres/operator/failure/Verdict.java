package dev.railwaypostgres.operator.failure;

import dev.railwaypostgres.operator.status.Reason;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.event.Level;

/**
 * What a failure means.
 *
 * @param sentence for the status: what is wrong, and the cure if there is one
 * @param retryAfter when to try again; empty: soon, then ever more rarely
 * @param passing it passes by itself and is nothing to tell of a database that serves its clients meanwhile
 */
public record Verdict(Reason reason, String sentence, Optional<Duration> retryAfter, boolean passing, Level level) {
    static Verdict passes(Reason reason, String sentence, Level level) {
        return new Verdict(reason, sentence, Optional.empty(), true, level);
    }

    static Verdict wantsAPerson(Reason reason, String sentence) {
        return new Verdict(reason, sentence, Optional.of(FailurePolicy.SLOWLY), false, Level.WARN);
    }
}
