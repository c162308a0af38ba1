package dev.railwaypostgres.railway.graphql;

import dev.railwaypostgres.railway.model.EnvironmentId;
import dev.railwaypostgres.railway.model.Measurement;
import dev.railwaypostgres.railway.model.ServiceId;
import dev.railwaypostgres.railway.model.ServiceInstance;
import dev.railwaypostgres.railway.model.VolumeInstance;
import dev.railwaypostgres.railway.model.WorkflowId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers whose shape is GraphQL's rather than ours. */
final class Answers {
    private Answers() {}

    /** A page of a list, in Relay's manner. */
    record Connection<T>(List<Edge<T>> edges, PageInfo pageInfo) {
        List<T> nodes() {
            return edges.stream().map(Edge::node).toList();
        }
    }

    record Edge<T>(T node) {}

    record PageInfo(boolean hasNextPage, @Nullable String endCursor) {
        /** An empty page may have no cursor. */
        @Nullable
        String endCursorOr(@Nullable String before) {
            return endCursor == null ? before : endCursor;
        }
    }

    /** What was made, or what something was made from. */
    record Created(String id) {}

    record WorkflowStarted(WorkflowId workflowId) {}

    record EnvironmentPage(
            EnvironmentId id,
            String name,
            @Nullable Integer unmergedChangesCount,
            @Nullable Created sourceEnvironment,
            Connection<ServiceInstance> serviceInstances,
            Connection<VolumeInstance> volumeInstances) {

        boolean hasNext() {
            return serviceInstances.pageInfo().hasNextPage()
                    || volumeInstances.pageInfo().hasNextPage();
        }
    }

    record UsageRow(Measurement measurement, double value, Tags tags) {
        record Tags(@Nullable ServiceId serviceId) {}
    }
}
