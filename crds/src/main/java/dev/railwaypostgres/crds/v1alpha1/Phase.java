package dev.railwaypostgres.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/** Where a database is in its life. Asleep is healthy. */
public enum Phase {
    @JsonProperty("Provisioning")
    PROVISIONING("Provisioning"),
    @JsonProperty("Active")
    ACTIVE("Active"),
    @JsonProperty("Suspending")
    SUSPENDING("Suspending"),
    @JsonProperty("Suspended")
    SUSPENDED("Suspended"),
    @JsonProperty("Waking")
    WAKING("Waking"),
    @JsonProperty("Restoring")
    RESTORING("Restoring"),
    @JsonProperty("Failed")
    FAILED("Failed"),
    @JsonProperty("Deleting")
    DELETING("Deleting");

    private final String text;

    Phase(String text) {
        this.text = text;
    }

    /** Lenient, since one phase written by a newer version must not stop the informer for all. */
    @JsonCreator
    static @Nullable Phase of(String text) {
        for (Phase phase : values()) {
            if (phase.text.equals(text)) {
                return phase;
            }
        }
        return null;
    }

    @Override
    public String toString() {
        return text;
    }
}
