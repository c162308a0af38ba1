package dev.railwaypostgres.proxy.standalone;

import dev.railwaypostgres.railway.Backoff;
import dev.railwaypostgres.railway.RailwayException;
import dev.railwaypostgres.sleep.compute.ComputeException;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** What is said and done about passes over one database that fail: each kind of trouble is told once. */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
    private static final Duration SLOWLY = Duration.ofSeconds(60);
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), 2, SLOWLY, 0.2);

    private final String database;
    private int inARow;
    private @Nullable Class<?> told;

    Failures(String database) {
        this.database = database;
    }

    /** A pass went well. */
    void over() {
        if (inARow > 0) {
            LOG.atInfo().addKeyValue("database", database).log("the trouble is over");
        }
        inARow = 0;
        told = null;
    }

    /** A pass failed. Returns after how long the next one is worth a try. */
    Duration note(RuntimeException failure) {
        inARow++;
        if (!failure.getClass().equals(told)) {
            told = failure.getClass();
            LOG.atLevel(level(failure)).addKeyValue("database", database).log(sentence(failure));
        }
        return pause(failure);
    }

    private Duration pause(RuntimeException failure) {
        return switch (failure) {
            case RailwayException.RateLimited limited -> limited.retryAfter();
            case RailwayException.Transient _ -> BACKOFF.after(inARow, RandomGenerator.getDefault());
            case RailwayException _ -> SLOWLY;
            default -> BACKOFF.after(inARow, RandomGenerator.getDefault());
        };
    }

    private static Level level(RuntimeException failure) {
        return switch (failure) {
            case RailwayException.Transient _, RailwayException.RateLimited _ -> Level.WARN;
            case RailwayException _ -> Level.ERROR;
            default -> Level.WARN;
        };
    }

    private static String sentence(RuntimeException failure) {
        return switch (failure) {
            case RailwayException railway -> "Railway says: " + railway.getMessage() + advice(railway);
            case ComputeException compute -> "Postgres did not do as asked: " + compute.getMessage();
            default -> "a fault of the proxy: " + failure;
        };
    }

    private static String advice(RailwayException failure) {
        return switch (failure) {
            case RailwayException.TokenRefused _ ->
                ". No database can be woken or put to sleep until there is a valid token in its place.";
            case RailwayException.Unauthorized _ ->
                ". Check that the token belongs to the environment that the database is in.";
            case RailwayException.NotFound _ -> ". Was the service deleted, or renamed?";
            case RailwayException.LimitReached _ -> ". It goes on by itself when there is room again.";
            case RailwayException.Transient _,
                    RailwayException.RateLimited _,
                    RailwayException.AlreadyExists _,
                    RailwayException.Rejected _ -> "";
        };
    }
}
