package dev.railwaypostgres.operator.database;

import dev.railwaypostgres.crds.v1alpha1.RailwayPlace;
import dev.railwaypostgres.crds.v1alpha1.SecretKeyReference;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabaseSpec;
import dev.railwaypostgres.operator.failure.Refusal;
import dev.railwaypostgres.operator.signal.RailwayHome;
import dev.railwaypostgres.operator.status.Reason;
import dev.railwaypostgres.railway.RailwayClient;
import dev.railwaypostgres.railway.RailwayToken;
import dev.railwaypostgres.railway.model.EnvironmentId;
import dev.railwaypostgres.railway.model.ProjectId;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where on Railway a database lives: at the operator's own place, unless its spec names another. One client per token. */
public final class RailwayHomes implements AutoCloseable {
    private static final RailwayPlace NOWHERE = new RailwayPlace(null, null, null);

    private final OwnPlace own;
    private final TokenSource tokens;
    private final Function<RailwayToken, RailwayClient> clients;
    private final Map<RailwayToken, RailwayClient> known = new ConcurrentHashMap<>();

    /** @param clients makes a client for a token that a database brings */
    public RailwayHomes(OwnPlace own, TokenSource tokens, Function<RailwayToken, RailwayClient> clients) {
        this.own = own;
        this.tokens = tokens;
        this.clients = clients;
    }

    /**
     * The operator's own place.
     *
     * @param project null: databases name their own, with the environment
     */
    public record OwnPlace(
            RailwayClient client,
            @Nullable ProjectId project,
            @Nullable EnvironmentId environment) {}

    /** Reads tokens from Secrets. */
    @FunctionalInterface
    public interface TokenSource {
        /** Empty if the Secret is missing, or lacks the key. */
        Optional<RailwayToken> token(String namespace, SecretKeyReference reference);
    }

    /** @throws Refusal if the token is missing, or nobody has named a project */
    RailwayHome of(DatabaseRef database, ServerlessDatabaseSpec spec) {
        RailwayPlace place = Objects.requireNonNullElse(spec.railway(), NOWHERE);
        ProjectId project = place.projectId() == null ? own.project() : new ProjectId(place.projectId());
        EnvironmentId environment =
                place.environmentId() == null ? own.environment() : new EnvironmentId(place.environmentId());
        if (project == null || environment == null) {
            throw new Refusal(
                    Reason.INVALID_SPEC,
                    "spec.railway: the operator has no project of its own. Name projectId and environmentId.");
        }
        return new RailwayHome(client(database, place), project, environment);
    }

    @Override
    public void close() {
        own.client().close();
        known.values().forEach(RailwayClient::close);
    }

    private RailwayClient client(DatabaseRef database, RailwayPlace place) {
        SecretKeyReference reference = place.tokenSecretRef();
        if (reference == null) {
            return own.client();
        }
        RailwayToken token = tokens.token(database.namespace(), reference)
                .orElseThrow(() -> new Refusal(
                        Reason.TOKEN_MISSING,
                        "spec.railway.tokenSecretRef: the Secret " + reference.name() + " has no key " + reference.key()
                                + ". Create it with a token that may work in the project."));
        return known.computeIfAbsent(token, clients);
    }
}
