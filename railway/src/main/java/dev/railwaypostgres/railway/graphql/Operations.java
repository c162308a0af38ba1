package dev.railwaypostgres.railway.graphql;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.railwaypostgres.railway.graphql.Answers.Connection;
import dev.railwaypostgres.railway.graphql.Answers.Created;
import dev.railwaypostgres.railway.graphql.Answers.EnvironmentPage;
import dev.railwaypostgres.railway.graphql.Answers.UsageRow;
import dev.railwaypostgres.railway.graphql.Answers.WorkflowStarted;
import dev.railwaypostgres.railway.model.Deployment;
import dev.railwaypostgres.railway.model.DeploymentId;
import dev.railwaypostgres.railway.model.EnvironmentSummary;
import dev.railwaypostgres.railway.model.Region;
import dev.railwaypostgres.railway.model.ServiceInstance;
import dev.railwaypostgres.railway.model.TcpProxy;
import dev.railwaypostgres.railway.model.TokenScope;
import dev.railwaypostgres.railway.model.Workflow;
import java.util.List;
import java.util.Map;

/** All that we say to Railway. */
final class Operations {
    static final Operation<TokenScope.OneEnvironment> TOKEN_OF_PROJECT =
            Operation.read("TokenOfProject", TokenScope.OneEnvironment.class);
    static final Operation<TokenScope.Workspaces> TOKEN_OF_WORKSPACE =
            Operation.read("TokenOfWorkspace", TokenScope.Workspaces.class);
    static final Operation<List<Region>> REGIONS = Operation.read("Regions", new TypeReference<>() {});
    static final Operation<EnvironmentPage> LIST_ENVIRONMENT = Operation.read("ListEnvironment", EnvironmentPage.class);
    static final Operation<JsonNode> READ_ENVIRONMENT_CONFIG = Operation.read("ReadEnvironmentConfig", JsonNode.class);
    static final Operation<Connection<EnvironmentSummary>> LIST_ENVIRONMENTS =
            Operation.read("ListEnvironments", new TypeReference<>() {});
    static final Operation<ServiceInstance> READ_SERVICE = Operation.read("ReadService", ServiceInstance.class);
    static final Operation<Deployment> READ_DEPLOYMENT = Operation.read("ReadDeployment", Deployment.class);
    static final Operation<Deployment> WATCH_DEPLOYMENT = Operation.read("WatchDeployment", Deployment.class);
    static final Operation<List<TcpProxy>> LIST_TCP_PROXIES =
            Operation.read("ListTcpProxies", new TypeReference<>() {});
    static final Operation<Map<String, String>> READ_VARIABLES =
            Operation.read("ReadVariables", new TypeReference<>() {});
    static final Operation<List<UsageRow>> READ_USAGE = Operation.read("ReadUsage", new TypeReference<>() {});
    static final Operation<Workflow> READ_WORKFLOW = Operation.read("ReadWorkflow", Workflow.class);

    static final Operation<Created> CREATE_PROJECT = Operation.write("CreateProject", Created.class);
    static final Operation<Created> CREATE_ENVIRONMENT = Operation.write("CreateEnvironment", Created.class);
    static final Operation<Boolean> DELETE_ENVIRONMENT = Operation.delete("DeleteEnvironment");
    static final Operation<Created> CREATE_SERVICE = Operation.write("CreateService", Created.class);
    static final Operation<Boolean> UPDATE_SERVICE = Operation.write("UpdateService", Boolean.class);
    static final Operation<Boolean> UPDATE_LIMITS = Operation.write("UpdateLimits", Boolean.class);
    static final Operation<Boolean> DELETE_SERVICE = Operation.delete("DeleteService");
    static final Operation<Boolean> UPSERT_VARIABLES = Operation.write("UpsertVariables", Boolean.class);
    static final Operation<Created> CREATE_VOLUME = Operation.write("CreateVolume", Created.class);
    static final Operation<Boolean> DELETE_VOLUME = Operation.delete("DeleteVolume");
    static final Operation<WorkflowStarted> BACK_UP_VOLUME = Operation.write("BackUpVolume", WorkflowStarted.class);
    static final Operation<Created> CREATE_TCP_PROXY = Operation.write("CreateTcpProxy", Created.class);
    static final Operation<Boolean> DELETE_TCP_PROXY = Operation.delete("DeleteTcpProxy");
    static final Operation<String> COMMIT_PATCH = Operation.write("CommitPatch", String.class);
    static final Operation<DeploymentId> DEPLOY = Operation.write("Deploy", DeploymentId.class);
    static final Operation<Boolean> STOP_DEPLOYMENT = Operation.write("StopDeployment", Boolean.class);
    static final Operation<Boolean> REMOVE_DEPLOYMENT = Operation.delete("RemoveDeployment");
    static final Operation<Boolean> CANCEL_DEPLOYMENT = Operation.write("CancelDeployment", Boolean.class);
    static final Operation<Boolean> RESTART_DEPLOYMENT = Operation.write("RestartDeployment", Boolean.class);

    private Operations() {}
}
