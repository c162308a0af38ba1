package dev.railwaypostgres.operator.signal;

import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabase;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;

/** Carries "look again" into the reconciler. A signal says nothing else, and one too many does no harm. */
public final class Signals {
    private final SimpleInboundEventSource<ServerlessDatabase> source = new SimpleInboundEventSource<>("signals");

    /** What the reconciler listens to. */
    public SimpleInboundEventSource<ServerlessDatabase> source() {
        return source;
    }

    public void lookAgain(ResourceID database) {
        source.propagateEvent(database);
    }
}
