package dev.railwaypostgres.railway.graphql;

import dev.railwaypostgres.railway.CallListener;
import dev.railwaypostgres.railway.CallTerms;
import dev.railwaypostgres.railway.RailwayClient;
import dev.railwaypostgres.railway.RailwayException;
import dev.railwaypostgres.railway.RailwaySettings;
import dev.railwaypostgres.railway.model.DeploymentId;
import dev.railwaypostgres.railway.model.EnvironmentId;
import dev.railwaypostgres.railway.model.NewEnvironment;
import dev.railwaypostgres.railway.model.NewProject;
import dev.railwaypostgres.railway.model.NewService;
import dev.railwaypostgres.railway.model.NewVolume;
import dev.railwaypostgres.railway.model.ProjectId;
import dev.railwaypostgres.railway.model.ResourceLimits;
import dev.railwaypostgres.railway.model.ServiceId;
import dev.railwaypostgres.railway.model.ServiceInstanceUpdate;
import dev.railwaypostgres.railway.model.TcpProxyId;
import dev.railwaypostgres.railway.model.VariableUpsert;
import dev.railwaypostgres.railway.model.VolumeId;
import dev.railwaypostgres.railway.model.VolumeInstanceId;
import dev.railwaypostgres.railway.model.WorkflowId;
import dev.railwaypostgres.railway.patch.EnvironmentPatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Railway over HTTP. Safe for many threads, which best are virtual ones: calls block. */
public final class GraphQlRailwayClient extends GraphQlReads implements RailwayClient {
    private static final Logger LOG = LoggerFactory.getLogger(GraphQlRailwayClient.class);

    private GraphQlRailwayClient(Connected railway, CallTerms terms) {
        super(railway, terms);
    }

    /** A client for one token; there should be only one for each, since it keeps the token's call budget. */
    public static RailwayClient connect(RailwaySettings settings) {
        return connect(settings, CallListener.NONE);
    }

    public static RailwayClient connect(RailwaySettings settings, CallListener listener) {
        return new GraphQlRailwayClient(Connected.to(settings, listener), CallTerms.CHANGE);
    }

    @Override
    public RailwayClient under(CallTerms terms) {
        return new GraphQlRailwayClient(railway(), terms);
    }

    @Override
    public ProjectId createProject(NewProject project) {
        return new ProjectId(create(Operations.CREATE_PROJECT, project));
    }

    @Override
    public EnvironmentId createEnvironment(NewEnvironment environment) {
        return new EnvironmentId(create(Operations.CREATE_ENVIRONMENT, environment));
    }

    @Override
    public void deleteEnvironment(EnvironmentId environment) {
        delete(Operations.DELETE_ENVIRONMENT, new Variables.ById(environment));
    }

    @Override
    public ServiceId createService(NewService service) {
        return new ServiceId(create(Operations.CREATE_SERVICE, service));
    }

    @Override
    public void updateService(EnvironmentId environment, ServiceId service, ServiceInstanceUpdate update) {
        act(Operations.UPDATE_SERVICE, new Variables.ServiceUpdate(environment, service, update));
    }

    @Override
    public void updateLimits(EnvironmentId environment, ServiceId service, ResourceLimits limits) {
        act(Operations.UPDATE_LIMITS, new Variables.ByInput(Variables.Limits.of(environment, service, limits)));
    }

    @Override
    public void deleteService(EnvironmentId environment, ServiceId service) {
        delete(Operations.DELETE_SERVICE, new Variables.ByService(environment, service));
    }

    @Override
    public void upsertVariables(VariableUpsert variables) {
        act(Operations.UPSERT_VARIABLES, new Variables.ByInput(new Variables.QuietUpsert(variables, true)));
    }

    @Override
    public VolumeId createVolume(NewVolume volume) {
        return new VolumeId(create(Operations.CREATE_VOLUME, volume));
    }

    @Override
    public void deleteVolume(VolumeId volume) {
        delete(Operations.DELETE_VOLUME, new Variables.ById(volume));
    }

    @Override
    public WorkflowId backUpVolume(VolumeInstanceId volume, String name) {
        return call(Operations.BACK_UP_VOLUME, new Variables.VolumeBackup(volume, name))
                .workflowId();
    }

    @Override
    public void createTcpProxy(EnvironmentId environment, ServiceId service, int port) {
        create(Operations.CREATE_TCP_PROXY, new Variables.TcpProxyOf(environment, service, port));
    }

    @Override
    public void deleteTcpProxy(TcpProxyId proxy) {
        delete(Operations.DELETE_TCP_PROXY, new Variables.ById(proxy));
    }

    @Override
    public void commitPatch(EnvironmentId environment, EnvironmentPatch patch, String message) {
        call(Operations.COMMIT_PATCH, new Variables.Patch(environment, patch, message));
    }

    @Override
    public DeploymentId deploy(EnvironmentId environment, ServiceId service) {
        return call(Operations.DEPLOY, new Variables.ByService(environment, service));
    }

    @Override
    public void stop(DeploymentId deployment) {
        act(Operations.STOP_DEPLOYMENT, new Variables.ById(deployment));
    }

    @Override
    public void remove(DeploymentId deployment) {
        delete(Operations.REMOVE_DEPLOYMENT, new Variables.ById(deployment));
    }

    @Override
    public void cancel(DeploymentId deployment) {
        act(Operations.CANCEL_DEPLOYMENT, new Variables.ById(deployment));
    }

    @Override
    public void restart(DeploymentId deployment) {
        act(Operations.RESTART_DEPLOYMENT, new Variables.ById(deployment));
    }

    @Override
    public void close() {
        railway().close();
    }

    private String create(Operation<Answers.Created> operation, Object input) {
        return call(operation, new Variables.ByInput(input)).id();
    }

    private void act(Operation<Boolean> operation, Object variables) {
        if (!call(operation, variables)) {
            throw new RailwayException.Rejected("Railway did not accept " + operation.name());
        }
    }

    /** Railway calls what is gone not found or, just as well, not authorized: what is left, the next listing tells. */
    private void delete(Operation<Boolean> operation, Object variables) {
        try {
            act(operation, variables);
        } catch (RailwayException.NotFound | RailwayException.Unauthorized gone) {
            LOG.atDebug()
                    .addKeyValue("operation", operation.name())
                    .addKeyValue("answer", gone.getMessage())
                    .log("What was to be deleted is gone already");
        }
    }
}
