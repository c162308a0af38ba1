package dev.railwaypostgres.playground.run;

import dev.railwaypostgres.playground.kubernetes.ServiceAccounts;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.SecretVolumeSource;
import io.fabric8.kubernetes.api.model.ServiceAccountTokenProjection;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Lays a workload's volumes out as local files, as a kubelet would in its pod. */
final class Mounts {
    private final KubernetesClient client;
    private final Workload workload;
    private final Path folder;

    /** {@code client} may read the workload's Secrets and ask for its tokens. */
    Mounts(KubernetesClient client, Workload workload, Path folder) {
        this.client = client;
        this.workload = workload;
        this.folder = folder;
    }

    /** Writes all files and returns the environment in which their paths are those of this machine. */
    Map<String, String> layOut() {
        workload.mounts().forEach(this::layOut);
        return workload.environment().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> localized(entry.getValue())));
    }

    private void layOut(String mountPath, Volume volume) {
        var target = local(mountPath);
        var secret = volume.getSecret();
        if (secret != null) {
            content(secret).forEach((file, bytes) -> write(target.resolve(file), bytes));
        }
        if (volume.getProjected() != null) {
            volume.getProjected().getSources().stream()
                    .map(source -> source.getServiceAccountToken())
                    .filter(Objects::nonNull)
                    .forEach(token -> write(target.resolve(token.getPath()), token(token)));
        }
    }

    private Map<String, byte[]> content(SecretVolumeSource source) {
        var secret = client.secrets()
                .inNamespace(workload.namespace())
                .withName(source.getSecretName())
                .get();
        if (secret == null) {
            return Map.of();
        }
        var items = source.getItems().stream().collect(Collectors.toMap(KeyToPath::getKey, KeyToPath::getPath));
        return secret.getData().entrySet().stream()
                .filter(entry -> items.isEmpty() || items.containsKey(entry.getKey()))
                .collect(Collectors.toMap(
                        entry -> items.getOrDefault(entry.getKey(), entry.getKey()),
                        entry -> Base64.getDecoder().decode(entry.getValue())));
    }

    private byte[] token(ServiceAccountTokenProjection projection) {
        return new ServiceAccounts(client)
                .token(workload.namespace(), workload.serviceAccount(), projection.getAudience())
                .getBytes(StandardCharsets.UTF_8);
    }

    private String localized(String value) {
        return mountOf(value)
                .map(path -> local(path) + value.substring(path.length()))
                .orElseGet(() -> value.replaceAll(
                        "(?<![a-z0-9-])[a-z0-9-]+\\." + workload.namespace() + "\\.svc:", Workload.LOOPBACK + ":"));
    }

    private Optional<String> mountOf(String value) {
        return workload.mounts().keySet().stream()
                .filter(path -> value.startsWith(path + "/"))
                .findFirst();
    }

    private Path local(String mountPath) {
        return folder.resolve(mountPath.substring(1));
    }

    private static void write(Path file, byte[] bytes) {
        try {
            Files.createDirectories(file.resolveSibling("."));
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }
}
