package dev.railwaypostgres.railway.graphql;

/** Pages of an environment, as Railway answers them. */
final class Listings {
    private Listings() {}

    static String withService(String id, String name) {
        return page(service(id, name), false, "", false);
    }

    static String page(String services, boolean moreServices, String volumes, boolean moreVolumes) {
        return """
                {"environment": {"id": "env-1", "name": "base", "unmergedChangesCount": null, "sourceEnvironment": null,
                 "serviceInstances": {"pageInfo": {"hasNextPage": %s, "endCursor": "s-end"}, "edges": [%s]},
                 "volumeInstances": {"pageInfo": {"hasNextPage": %s, "endCursor": "v-end"}, "edges": [%s]}}}""".formatted(moreServices, services, moreVolumes, volumes);
    }

    static String service(String id, String name) {
        return """
                {"node": {"serviceId": "%s", "serviceName": "%s", "restartPolicyType": "ALWAYS", "deletedAt": null,
                  "latestDeployment": {"id": "d-%s", "status": "SUCCESS", "deploymentStopped": false,
                    "statusUpdatedAt": "2026-11-24T03:00:00.123Z", "instances": [{"id": "i", "status": "RUNNING"}]},
                  "activeDeployments": []}}""".formatted(id, name, id);
    }

    static String volume(String id, String service) {
        return """
                {"node": {"id": "vi-%s", "volumeId": "%s", "serviceId": "%s", "mountPath": "/data", "sizeMB": 5000,
                  "currentSizeMB": 61.5, "state": "READY", "region": "us-west2", "isPendingDeletion": false,
                  "deletedAt": null}}""".formatted(id, id, service);
    }
}
