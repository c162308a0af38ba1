package dev.railwaypostgres.sleep;

import org.jspecify.annotations.Nullable;

/** Why a database sleeps, as its status says it. */
public enum SleepReason {
    /** Nobody used it for its idle time. */
    IDLE("Idle"),
    /** Its spec says so. */
    REQUESTED("Requested"),
    /** It gets new settings that need a start; it is woken right after. */
    RESTART("Restart"),
    /** Somebody stopped it on Railway. */
    STOPPED("Stopped");

    private final String text;

    SleepReason(String text) {
        this.text = text;
    }

    /** Reads what {@link #toString()} wrote; null for what no version of ours wrote. */
    public static @Nullable SleepReason of(@Nullable String text) {
        for (SleepReason reason : values()) {
            if (reason.text.equals(text)) {
                return reason;
            }
        }
        return null;
    }

    @Override
    public String toString() {
        return text;
    }
}
