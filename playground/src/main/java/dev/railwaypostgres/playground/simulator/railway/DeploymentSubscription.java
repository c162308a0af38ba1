package dev.railwaypostgres.playground.simulator.railway;

import graphql.schema.DataFetcher;
import java.util.Map;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import org.jspecify.annotations.Nullable;

/** {@code subscription { deployment }}: the state at once, then every change. Never ends by itself. */
final class DeploymentSubscription {
    private final Platform platform;
    private final OperationGate gate;

    DeploymentSubscription(Platform platform, OperationGate gate) {
        this.platform = platform;
        this.gate = gate;
    }

    DataFetcher<@Nullable Object> fetcher() {
        return gate.guard("subscription.deployment", this::watch);
    }

    private Flow.Publisher<Map<String, @Nullable Object>> watch(Call call) {
        var id = call.arguments().text("id");
        platform.world().read(state -> call.in(state).deployment(id));
        return subscriber -> begin(id, subscriber);
    }

    private void begin(String id, Flow.Subscriber<? super Map<String, @Nullable Object>> subscriber) {
        var publisher = new SubmissionPublisher<Map<String, @Nullable Object>>();
        publisher.subscribe(subscriber);
        var watch = new Watch(publisher);
        watch.stop = platform.deployments().watchers().watch(id, row -> watch.send(view(row)));
        platform.world().read(state -> state.deployments().find(id)).ifPresent(row -> watch.send(view(row)));
    }

    private Map<String, @Nullable Object> view(Row.Deployment row) {
        return platform.world().read(state -> platform.views().deployment(state, row));
    }

    /** Forgets itself when its subscriber is gone. */
    private static final class Watch {
        private final SubmissionPublisher<Map<String, @Nullable Object>> publisher;
        private volatile @Nullable Runnable stop;

        Watch(SubmissionPublisher<Map<String, @Nullable Object>> publisher) {
            this.publisher = publisher;
        }

        void send(Map<String, @Nullable Object> view) {
            publisher.submit(view);
            var stopping = stop;
            if (stopping != null && !publisher.hasSubscribers()) {
                stopping.run();
            }
        }
    }
}
