package dev.railwaypostgres.playground.bench;

import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabase;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Everything that an operator writes into a namespace, by its version: equal states, nothing written between.
 *
 * @param versions resource versions of databases, Secrets and events, by kind and name
 */
record WrittenState(Map<String, String> versions) {
    static WrittenState of(KubernetesClient client, String namespace) {
        var databases = client.resources(ServerlessDatabase.class)
                .inNamespace(namespace)
                .list()
                .getItems();
        var secrets = client.secrets().inNamespace(namespace).list().getItems();
        var events = client.v1().events().inNamespace(namespace).list().getItems();
        var versions = new TreeMap<String, String>();
        Stream.of(databases, secrets, events)
                .flatMap(list -> list.stream().map(HasMetadata.class::cast))
                .forEach(item -> versions.put(
                        item.getKind() + "/" + item.getMetadata().getName(),
                        item.getMetadata().getResourceVersion()));
        return new WrittenState(versions);
    }

    /** How many things were written at least once between the earlier state and this one. */
    long changesSince(WrittenState earlier) {
        var changed = versions.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(earlier.versions.get(entry.getKey())))
                .count();
        var gone = earlier.versions.keySet().stream()
                .filter(name -> !versions.containsKey(name))
                .count();
        return changed + gone;
    }
}
