package dev.railwaypostgres.railway.graphql;

import dev.railwaypostgres.railway.Backoff;
import dev.railwaypostgres.railway.DeploymentWatch;
import dev.railwaypostgres.railway.RailwayException;
import dev.railwaypostgres.railway.model.Deployment;
import dev.railwaypostgres.railway.model.DeploymentId;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of one watch, on a thread of its own: ask once, subscribe, pass on what changes; while there is no
 * subscription ask again and again, ever more slowly as long as nothing happens. Also asks now and then beside a
 * subscription, since a connection may be dead without anybody noticing.
 */
final class WatchedDeployment implements DeploymentWatch {
    private static final Logger LOG = LoggerFactory.getLogger(WatchedDeployment.class);
    private static final int SLOWEST = 20;

    private final BlockingQueue<News> news = new LinkedBlockingQueue<>();
    private final DeploymentId id;
    private final Consumer<Deployment> observer;
    private final Backoff polling;
    private volatile boolean closed;
    private boolean subscribed;
    private int unchangedPolls;
    private @Nullable Deployment last;

    WatchedDeployment(DeploymentId id, Consumer<Deployment> observer, Duration pollInterval) {
        this.id = id;
        this.observer = observer;
        this.polling = new Backoff(pollInterval, 1.5, pollInterval.multipliedBy(SLOWEST), 0.2);
    }

    /** Opens a subscription that tells its news to the given listener. */
    @FunctionalInterface
    interface Subscriber {
        DeploymentWatch open(Consumer<News> listener);
    }

    void run(Supplier<Deployment> question, Subscriber subscriber) {
        ask(question);
        if (hasEnded()) {
            return;
        }
        try (DeploymentWatch _ = open(subscriber)) {
            while (!hasEnded()) {
                take(news.poll(pause().toNanos(), TimeUnit.NANOSECONDS), question);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        news.add(new News.Closed());
    }

    private DeploymentWatch open(Subscriber subscriber) {
        try {
            return subscriber.open(news::add);
        } catch (RailwayException failed) {
            news.add(new News.Lost(String.valueOf(failed.getMessage())));
            return () -> {};
        }
    }

    private void take(@Nullable News heard, Supplier<Deployment> question) {
        switch (heard) {
            case null -> ask(question);
            case News.Changed(Deployment deployment) -> tell(deployment);
            case News.Closed _ -> closed = true;
            case News.Subscribed _ -> {
                subscribed = true;
                ask(question);
            }
            case News.Lost(String why) -> {
                subscribed = false;
                LOG.atDebug()
                        .addKeyValue("deployment", id)
                        .addKeyValue("reason", why)
                        .log("A deployment is watched by asking");
                ask(question);
            }
        }
    }

    private void ask(Supplier<Deployment> question) {
        unchangedPolls++;
        try {
            tell(question.get());
        } catch (RailwayException failed) {
            LOG.atDebug()
                    .addKeyValue("deployment", id)
                    .addKeyValue("reason", failed.getMessage())
                    .log("A watched deployment could not be read");
        }
    }

    private void tell(Deployment deployment) {
        if (!closed && !deployment.equals(last) && !isOlderThanLast(deployment)) {
            last = deployment;
            unchangedPolls = 0;
            observer.accept(deployment);
        }
    }

    /** What was pushed may wait in the queue while a question is answered with something newer. */
    private boolean isOlderThanLast(Deployment deployment) {
        Instant changed = deployment.statusUpdatedAt();
        Instant lastChanged = last == null ? null : last.statusUpdatedAt();
        return changed != null && lastChanged != null && changed.isBefore(lastChanged);
    }

    private Duration pause() {
        return subscribed ? polling.cap() : polling.after(unchangedPolls + 1, RandomGenerator.getDefault());
    }

    private boolean hasEnded() {
        return closed || (last != null && last.hasEnded());
    }
}
