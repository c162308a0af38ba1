package dev.railwaypostgres.operator.failure;

import dev.railwaypostgres.operator.compute.SecretTakenException;
import dev.railwaypostgres.operator.status.Reason;
import dev.railwaypostgres.railway.RailwayException;
import dev.railwaypostgres.sleep.compute.ComputeException;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.event.Level;

/** Turns whatever a reconcile threw into what is said and done about it. */
public final class FailurePolicy {
    /** Between two tries of what only a person can cure. A change of the resource is tried at once. */
    static final Duration SLOWLY = Duration.ofMinutes(5);

    private FailurePolicy() {}

    public static Verdict judge(Throwable failure) {
        return switch (failure) {
            case Refusal refusal -> Verdict.wantsAPerson(refusal.reason(), sentence(refusal));
            case RailwayException railway -> judge(railway);
            case ComputeException compute ->
                Verdict.passes(
                        Reason.COMPUTE_UNREACHABLE, "Postgres did not do as asked: " + sentence(compute), Level.INFO);
            case SecretTakenException taken ->
                taken.isPassing()
                        ? Verdict.passes(Reason.SECRET_TAKEN, sentence(taken), Level.INFO)
                        : Verdict.wantsAPerson(Reason.SECRET_TAKEN, sentence(taken));
            case KubernetesClientException kubernetes ->
                Verdict.passes(Reason.INTERNAL_ERROR, "The Kubernetes API failed: " + sentence(kubernetes), Level.WARN);
            default ->
                new Verdict(
                        Reason.INTERNAL_ERROR,
                        "A fault of the operator: " + failure.getClass().getSimpleName() + ". Its log says more.",
                        Optional.empty(),
                        false,
                        Level.ERROR);
        };
    }

    private static Verdict judge(RailwayException failure) {
        String quoted = "Railway says: " + sentence(failure);
        return switch (failure) {
            case RailwayException.Transient _ -> Verdict.passes(Reason.RAILWAY_UNAVAILABLE, quoted, Level.INFO);
            case RailwayException.NotFound _, RailwayException.AlreadyExists _ ->
                Verdict.passes(Reason.RAILWAY_UNAVAILABLE, quoted, Level.INFO);
            case RailwayException.RateLimited limited ->
                new Verdict(Reason.RATE_LIMITED, quoted, Optional.of(limited.retryAfter()), true, Level.INFO);
            case RailwayException.TokenRefused _ ->
                Verdict.wantsAPerson(Reason.TOKEN_REJECTED, quoted + " Put a valid token in its place.");
            case RailwayException.Unauthorized _ ->
                Verdict.wantsAPerson(
                        Reason.TOKEN_REJECTED,
                        quoted + " Check that the token may work in this project and environment.");
            case RailwayException.LimitReached _ ->
                Verdict.wantsAPerson(
                        Reason.QUOTA_REACHED,
                        quoted + " Make room in the project or raise its limit, then it goes on by itself.");
            case RailwayException.Rejected _ -> Verdict.wantsAPerson(Reason.RAILWAY_REJECTED, quoted);
        };
    }

    private static String sentence(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        return message.endsWith(".") ? message : message + ".";
    }
}
