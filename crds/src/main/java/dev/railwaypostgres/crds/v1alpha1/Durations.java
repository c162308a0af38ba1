package dev.railwaypostgres.crds.v1alpha1;

import java.time.Duration;

/** Durations as Kubernetes users write them: {@code 90s}, {@code 5m}, {@code 1h30m}. */
public final class Durations {
    static final String PATTERN = "^([0-9]{1,6}h)?([0-9]{1,6}m)?([0-9]{1,6}s)?$";

    private Durations() {}

    /**
     * Reads a duration that the API server has let through.
     *
     * @throws IllegalArgumentException if it is empty or not of that form
     */
    public static Duration parse(String text) {
        if (text.isEmpty() || !text.matches(PATTERN)) {
            throw new IllegalArgumentException("not a duration such as 90s, 5m or 1h30m: " + text);
        }
        return Duration.parse("PT" + text);
    }
}
