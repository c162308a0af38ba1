package dev.railwaypostgres.railway.graphql;

import dev.railwaypostgres.railway.CallTerms;
import dev.railwaypostgres.railway.DeploymentWatch;
import dev.railwaypostgres.railway.RailwayException;
import dev.railwaypostgres.railway.RailwayReads;
import dev.railwaypostgres.railway.RailwayToken;
import dev.railwaypostgres.railway.graphql.Answers.Connection;
import dev.railwaypostgres.railway.graphql.Answers.Created;
import dev.railwaypostgres.railway.graphql.Answers.EnvironmentPage;
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
import dev.railwaypostgres.railway.model.VolumeInstance;
import dev.railwaypostgres.railway.model.Workflow;
import dev.railwaypostgres.railway.model.WorkflowId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What can be asked, by GraphQL. */
sealed class GraphQlReads implements RailwayReads permits GraphQlRailwayClient {
    /** Railway documents no limit; others are seen to ask for so many, not for more. */
    private static final int PAGE = 200;

    private final Connected railway;
    private final CallTerms terms;

    GraphQlReads(Connected railway, CallTerms terms) {
        this.railway = railway;
        this.terms = terms;
    }

    final Connected railway() {
        return railway;
    }

    final <T> T call(Operation<T> operation, Object variables) {
        return railway.calls().make(operation, variables, terms);
    }

    @Override
    public TokenScope tokenScope() {
        try {
            return railway.settings().token().kind() == RailwayToken.Kind.PROJECT
                    ? call(Operations.TOKEN_OF_PROJECT, new Variables.None())
                    : call(Operations.TOKEN_OF_WORKSPACE, new Variables.None());
        } catch (RailwayException.Unauthorized refused) {
            // Nothing but the token was asked about, so nothing else can be meant.
            throw new RailwayException.TokenRefused(refused);
        }
    }

    @Override
    public List<Region> regions() {
        return call(Operations.REGIONS, new Variables.None());
    }

    @Override
    public EnvironmentListing environment(EnvironmentId environment) {
        List<ServiceInstance> services = new ArrayList<>();
        List<VolumeInstance> volumes = new ArrayList<>();
        Variables.EnvironmentPageOf next = Variables.EnvironmentPageOf.first(environment, PAGE);
        EnvironmentPage page;
        do {
            page = call(Operations.LIST_ENVIRONMENT, next);
            services.addAll(page.serviceInstances().nodes());
            volumes.addAll(page.volumeInstances().nodes());
            next = next.after(page);
        } while (page.hasNext());
        return listing(page, services, volumes);
    }

    @Override
    public EnvironmentConfig environmentConfig(EnvironmentId environment) {
        return ConfigReader.read(call(Operations.READ_ENVIRONMENT_CONFIG, new Variables.ById(environment))
                .path("config"));
    }

    @Override
    public List<EnvironmentSummary> environments(ProjectId project) {
        List<EnvironmentSummary> all = new ArrayList<>();
        Connection<EnvironmentSummary> page;
        String after = null;
        do {
            page = call(Operations.LIST_ENVIRONMENTS, new Variables.EnvironmentsOf(project, PAGE, after));
            all.addAll(page.nodes());
            after = page.pageInfo().endCursor();
        } while (page.pageInfo().hasNextPage());
        return all.stream()
                .filter(environment -> environment.deletedAt() == null)
                .toList();
    }

    @Override
    public ServiceInstance service(EnvironmentId environment, ServiceId service) {
        return call(Operations.READ_SERVICE, new Variables.ByService(environment, service));
    }

    @Override
    public Deployment deployment(DeploymentId deployment) {
        return call(Operations.READ_DEPLOYMENT, new Variables.ById(deployment));
    }

    @Override
    public List<TcpProxy> tcpProxies(EnvironmentId environment, ServiceId service) {
        return call(Operations.LIST_TCP_PROXIES, new Variables.ByService(environment, service));
    }

    @Override
    public Map<String, String> variables(ProjectId project, EnvironmentId environment, ServiceId service) {
        return call(Operations.READ_VARIABLES, new Variables.VariablesOf(project, environment, service));
    }

    @Override
    public List<Usage> usage(ProjectId project, Instant from, Instant to) {
        return call(Operations.READ_USAGE, new Variables.UsageOf(project, from, to)).stream()
                .map(row -> new Usage(row.tags().serviceId(), row.measurement(), row.value()))
                .toList();
    }

    @Override
    public Workflow workflow(WorkflowId workflow) {
        return call(Operations.READ_WORKFLOW, new Variables.ById(workflow));
    }

    @Override
    public DeploymentWatch watch(DeploymentId deployment, Consumer<Deployment> observer) {
        return railway.watches().start(this, terms, deployment, observer);
    }

    private static EnvironmentListing listing(
            EnvironmentPage page, List<ServiceInstance> services, List<VolumeInstance> volumes) {
        Created source = page.sourceEnvironment();
        Integer unmerged = page.unmergedChangesCount();
        return new EnvironmentListing(
                page.id(),
                page.name(),
                source == null ? null : new EnvironmentId(source.id()),
                unmerged == null ? 0 : unmerged,
                services,
                volumes);
    }
}
