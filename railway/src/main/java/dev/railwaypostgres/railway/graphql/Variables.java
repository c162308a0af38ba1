package dev.railwaypostgres.railway.graphql;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.railwaypostgres.railway.graphql.Answers.EnvironmentPage;
import dev.railwaypostgres.railway.model.EnvironmentId;
import dev.railwaypostgres.railway.model.ProjectId;
import dev.railwaypostgres.railway.model.ResourceLimits;
import dev.railwaypostgres.railway.model.ServiceId;
import dev.railwaypostgres.railway.model.ServiceInstanceUpdate;
import dev.railwaypostgres.railway.model.VariableUpsert;
import dev.railwaypostgres.railway.patch.EnvironmentPatch;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the operations take, each component named like the variable of the document. */
final class Variables {
    private Variables() {}

    record None() {}

    /** @param id one of the typed ids */
    record ById(Object id) {}

    /** @param input one of the values that ask for something new, or of those below */
    record ByInput(Object input) {}

    record ByService(EnvironmentId environmentId, ServiceId serviceId) {}

    record EnvironmentPageOf(
            EnvironmentId id,
            int first,
            @Nullable String servicesAfter,
            @Nullable String volumesAfter) {

        static EnvironmentPageOf first(EnvironmentId id, int first) {
            return new EnvironmentPageOf(id, first, null, null);
        }

        /** The page after this one. The shorter list yields empty pages after its last cursor, which it keeps. */
        EnvironmentPageOf after(EnvironmentPage page) {
            return new EnvironmentPageOf(
                    id,
                    first,
                    page.serviceInstances().pageInfo().endCursorOr(servicesAfter),
                    page.volumeInstances().pageInfo().endCursorOr(volumesAfter));
        }
    }

    record EnvironmentsOf(
            ProjectId projectId, int first, @Nullable String after) {}

    record VariablesOf(ProjectId projectId, EnvironmentId environmentId, ServiceId serviceId) {}

    record UsageOf(ProjectId projectId, Instant from, Instant to) {}

    record ServiceUpdate(EnvironmentId environmentId, ServiceId serviceId, ServiceInstanceUpdate input) {}

    record Patch(EnvironmentId environmentId, EnvironmentPatch patch, String message) {}

    record VolumeBackup(Object id, String name) {}

    record Limits(EnvironmentId environmentId, ServiceId serviceId, double vCPUs, double memoryGB) {
        static Limits of(EnvironmentId environment, ServiceId service, ResourceLimits limits) {
            return new Limits(environment, service, limits.vcpus(), limits.memoryGB());
        }
    }

    record QuietUpsert(@JsonUnwrapped VariableUpsert upsert, boolean skipDeploys) {}

    record TcpProxyOf(EnvironmentId environmentId, ServiceId serviceId, int applicationPort) {}
}
