package dev.railwaypostgres.operator.events;

import dev.railwaypostgres.operator.status.Reason;
import io.fabric8.kubernetes.api.model.HasMetadata;

/**
 * Tells whoever looks what happened to a resource.
 *
 * <p>Never throws: an event that cannot be written is not worth a failed reconcile.
 */
@FunctionalInterface
public interface EventRecorder {
    /**
     * Records that something happened; if the same happened before, that it happened once more.
     *
     * @param message a sentence for a person, without secrets
     */
    void record(HasMetadata about, Kind kind, Reason reason, String message);

    /** Something that is as it should be. */
    default void normal(HasMetadata about, Reason reason, String message) {
        record(about, Kind.NORMAL, reason, message);
    }

    /** Something that somebody may have to look at. */
    default void warning(HasMetadata about, Reason reason, String message) {
        record(about, Kind.WARNING, reason, message);
    }

    /** Kubernetes' two kinds of events. */
    enum Kind {
        NORMAL("Normal"),
        WARNING("Warning");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** As it stands in {@code type} of the event. */
        @Override
        public String toString() {
            return text;
        }
    }
}
