package dev.railwaypostgres.sleep;

import dev.railwaypostgres.sleep.compute.ClientBackend;
import java.time.Duration;
import java.util.Set;

/**
 * What the user wants of sleep.
 *
 * @param afterIdle zero: never
 * @param ordered a person wants it to sleep, whatever clients ask
 * @param ignored whose work does not count
 */
public record SleepPolicy(Duration afterIdle, boolean ordered, Ignored ignored) {
    /**
     * @param insiders also those that connect from within the container, as scripts of its image do
     */
    public record Ignored(Set<String> applications, Set<String> roles, boolean insiders) {
        public static final Ignored NOBODY = new Ignored(Set.of(), Set.of(), false);

        public Ignored {
            applications = Set.copyOf(applications);
            roles = Set.copyOf(roles);
        }
    }

    /** Whether it is meant to be up at all times. */
    boolean isAlwaysOn() {
        return afterIdle.isZero() && !ordered;
    }

    boolean ignoresNobody() {
        return ignored.equals(Ignored.NOBODY);
    }

    boolean counts(ClientBackend backend) {
        return !ignored.roles().contains(backend.role())
                && !ignored.applications().contains(backend.application())
                && !(ignored.insiders() && backend.address() == null);
    }
}
