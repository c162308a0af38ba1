package dev.railwaypostgres.operator.status;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Conditions as Kubernetes keeps them: one of each type, with the time of the last change of its status. */
public final class Conditions {
    private Conditions() {}

    /**
     * Puts claims in the place of the conditions before them. What nobody claims stays as it is, except passing
     * conditions, which go.
     *
     * @param generation of the spec that the claims speak of
     */
    public static List<Condition> merge(
            List<Condition> before, Collection<Claim> claims, long generation, Instant now) {
        Map<String, Condition> merged = new LinkedHashMap<>();
        before.forEach(condition -> merged.put(condition.getType(), condition));
        var claimed = claims.stream().map(Claim::type).toList();
        for (ConditionType type : ConditionType.values()) {
            if (type.isPassing() && !claimed.contains(type)) {
                merged.remove(type.toString());
            }
        }
        for (Claim claim : claims) {
            merged.compute(claim.type().toString(), (_, old) -> condition(old, claim, generation, now));
        }
        return List.copyOf(merged.values());
    }

    private static Condition condition(@Nullable Condition old, Claim claim, long generation, Instant now) {
        var status = claim.truth().toString();
        var since = old != null && status.equals(old.getStatus())
                ? old.getLastTransitionTime()
                : now.truncatedTo(ChronoUnit.SECONDS).toString();
        return new ConditionBuilder()
                .withType(claim.type().toString())
                .withStatus(status)
                .withReason(claim.reason().toString())
                .withMessage(claim.message())
                .withObservedGeneration(generation)
                .withLastTransitionTime(since)
                .build();
    }
}
