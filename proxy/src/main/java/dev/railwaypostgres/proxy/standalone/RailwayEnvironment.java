package dev.railwaypostgres.proxy.standalone;

import dev.railwaypostgres.railway.CallTerms;
import dev.railwaypostgres.railway.RailwayClient;
import dev.railwaypostgres.railway.RailwayException;
import dev.railwaypostgres.railway.model.Deployment;
import dev.railwaypostgres.railway.model.DeploymentId;
import dev.railwaypostgres.railway.model.EnvironmentId;
import dev.railwaypostgres.railway.model.EnvironmentListing;
import dev.railwaypostgres.railway.model.ServiceId;
import dev.railwaypostgres.railway.model.ServiceInstance;
import dev.railwaypostgres.railway.model.TokenScope;
import dev.railwaypostgres.sleep.SleepStep.Means;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The environment on Railway that the databases are in, by one token. One listing serves them all, and those who want a new
 * one at the same time share it. A client whose token was refused is replaced by one with the token as it is then.
 */
final class RailwayEnvironment implements AutoCloseable {
    private final Supplier<RailwayClient> connect;
    private final InstantSource clock;
    private final ReentrantLock listing = new ReentrantLock();
    private @Nullable EnvironmentListing listed;
    private Instant listedAt = Instant.MIN;

    private @Nullable RailwayClient client;
    private @Nullable EnvironmentId environment;

    /**
     * @param connect makes a client with the token as it is now
     * @param environment null: the one that the token belongs to
     */
    RailwayEnvironment(Supplier<RailwayClient> connect, @Nullable EnvironmentId environment, InstantSource clock) {
        this.connect = connect;
        this.environment = environment;
        this.clock = clock;
    }

    /**
     * A service as it was listed then, or later.
     *
     * @throws RailwayException.NotFound when there is none of that name or id
     */
    ServiceInstance service(String nameOrId, Instant notBefore, CallTerms terms) {
        var recent = listedSince(notBefore, terms);
        return recent.service(new ServiceId(nameOrId))
                .or(() -> recent.serviceNamed(nameOrId))
                .orElseThrow(() -> new RailwayException.NotFound(
                        "There is no service " + nameOrId + " in the environment " + recent.name()));
    }

    /** Empty when Railway does not show it. */
    Optional<Deployment> deployment(DeploymentId id) {
        try {
            return Optional.of(call(railway -> railway.under(CallTerms.CHANGE).deployment(id)));
        } catch (RailwayException.NotFound | RailwayException.Unauthorized _) {
            return Optional.empty();
        }
    }

    /** Starts the service, unless somebody else has meanwhile. */
    DeploymentId start(ServiceId service) {
        return call(railway -> running(railway, service)
                .findFirst()
                .map(Deployment::id)
                .orElseGet(() -> railway.under(CallTerms.WAKE).deploy(environment(railway), service)));
    }

    /** Starts the service anew, whatever it is doing. */
    DeploymentId startAnew(ServiceId service) {
        return call(railway -> railway.under(CallTerms.WAKE).deploy(environment(railway), service));
    }

    /** Asks for the end of all that runs of the service. */
    void stop(ServiceId service, Means means) {
        call(railway -> {
            running(railway, service).distinct().forEach(deployment -> stop(railway, deployment.id(), means));
            return true;
        });
    }

    private static void stop(RailwayClient railway, DeploymentId deployment, Means means) {
        var client = railway.under(CallTerms.CHANGE);
        switch (means) {
            case STOP -> client.stop(deployment);
            case REMOVE -> client.remove(deployment);
            case CANCEL -> client.cancel(deployment);
        }
    }

    private Stream<Deployment> running(RailwayClient railway, ServiceId service) {
        var now = railway.under(CallTerms.WAKE).service(environment(railway), service);
        return Stream.concat(Stream.ofNullable(now.latestDeployment()), now.activeDeployments().stream())
                .filter(deployment -> !deployment.hasEnded());
    }

    private EnvironmentListing listedSince(Instant notBefore, CallTerms terms) {
        listing.lock();
        try {
            var known = listed;
            if (known != null && !listedAt.isBefore(notBefore)) {
                return known;
            }
            var at = clock.instant();
            var fresh = call(railway -> railway.under(terms).environment(environment(railway)));
            listed = fresh;
            listedAt = at;
            return fresh;
        } finally {
            listing.unlock();
        }
    }

    private <T> T call(Function<RailwayClient, T> question) {
        try {
            return question.apply(client());
        } catch (RailwayException.TokenRefused | RailwayException.Unauthorized e) {
            forgetClient();
            throw e;
        }
    }

    private synchronized RailwayClient client() {
        var known = client;
        if (known == null) {
            known = connect.get();
            client = known;
        }
        return known;
    }

    private synchronized void forgetClient() {
        if (client != null) {
            client.close();
            client = null;
        }
    }

    private synchronized EnvironmentId environment(RailwayClient railway) {
        var known = environment;
        if (known == null) {
            known = environmentOf(railway.under(CallTerms.CHANGE).tokenScope());
            environment = known;
        }
        return known;
    }

    private static EnvironmentId environmentOf(TokenScope scope) {
        return switch (scope) {
            case TokenScope.OneEnvironment one -> one.environmentId();
            case TokenScope.Workspaces _ ->
                throw new RailwayException.Rejected(
                        "The token is no project token: railway.environment is needed with it");
        };
    }

    @Override
    public void close() {
        forgetClient();
    }
}
