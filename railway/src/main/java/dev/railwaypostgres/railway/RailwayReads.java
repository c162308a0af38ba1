package dev.railwaypostgres.railway;

import dev.railwaypostgres.railway.model.Deployment;
import dev.railwaypostgres.railway.model.DeploymentId;
import dev.railwaypostgres.railway.model.EnvironmentConfig;
import dev.railwaypostgres.railway.model.EnvironmentId;
import dev.railwaypostgres.railway.model.EnvironmentListing;
import dev.railwaypostgres.railway.model.EnvironmentSummary;
import dev.railwaypostgres.railway.model.ProjectId;
import dev.railwaypostgres.railway.model.Region;
import dev.railwaypostgres.railway.model.ServiceId;
import dev.railwaypostgres.railway.model.ServiceInstance;
import dev.railwaypostgres.railway.model.TcpProxy;
import dev.railwaypostgres.railway.model.TokenScope;
import dev.railwaypostgres.railway.model.Usage;
import dev.railwaypostgres.railway.model.Workflow;
import dev.railwaypostgres.railway.model.WorkflowId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What can be asked of Railway.
 *
 * <p>Every call blocks, at most as long as its {@link CallTerms} and one time-out of the network allow, and repeats
 * itself a few times when Railway stumbles. All throw {@link RailwayException}. An answer may be a minute behind what was
 * just created.
 */
public interface RailwayReads {
    /**
     * What the token may reach: the way to find out whether it is any good.
     *
     * @throws RailwayException.TokenRefused when it is not, whatever words Railway uses for that
     */
    TokenScope tokenScope();

    List<Region> regions();

    /** Everything in the environment, in one call (one more for each further 200 services or disks). */
    EnvironmentListing environment(EnvironmentId environment);

    /** The committed settings of everything in the environment, without values of variables. */
    EnvironmentConfig environmentConfig(EnvironmentId environment);

    /** All environments of a project that are not deleted; unlike a single one, this list is never stale. */
    List<EnvironmentSummary> environments(ProjectId project);

    ServiceInstance service(EnvironmentId environment, ServiceId service);

    Deployment deployment(DeploymentId deployment);

    List<TcpProxy> tcpProxies(EnvironmentId environment, ServiceId service);

    /** The variables of a service with their values, as its next deployment would get them. */
    Map<String, String> variables(ProjectId project, EnvironmentId environment, ServiceId service);

    /** What the services of a project used between two moments. */
    List<Usage> usage(ProjectId project, Instant from, Instant to);

    Workflow workflow(WorkflowId workflow);

    /**
     * Tells of a deployment: at once, then whenever it changes, until it has ended or the watch is closed. Pushed by
     * Railway where possible, else asked for every few seconds.
     *
     * @param observer called on a virtual thread, never twice at once
     */
    DeploymentWatch watch(DeploymentId deployment, Consumer<Deployment> observer);

    /**
     * The service of that name. To be asked before a create that timed out is repeated: Railway may have done it, and
     * knows no idempotency keys.
     */
    default Optional<ServiceInstance> findServiceByName(EnvironmentId environment, String name) {
        return environment(environment).serviceNamed(name);
    }

    /** The environment of that name, for the same purpose. */
    default Optional<EnvironmentSummary> findEnvironmentByName(ProjectId project, String name) {
        return environments(project).stream()
                .filter(environment -> environment.name().equals(name))
                .findFirst();
    }
}
