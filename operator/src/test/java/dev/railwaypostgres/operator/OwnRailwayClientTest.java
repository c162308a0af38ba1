package dev.railwaypostgres.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.railwaypostgres.operator.failure.Refusal;
import dev.railwaypostgres.railway.RailwayClient;
import dev.railwaypostgres.railway.RailwayException;
import dev.railwaypostgres.railway.RailwayToken;
import dev.railwaypostgres.railway.model.DeploymentId;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnRailwayClientTest {
    private static final DeploymentId DEPLOYMENT = new DeploymentId("d");

    @TempDir
    private Path folder;

    private final List<String> done = new ArrayList<>();
    private Path path = Path.of("token");
    private RailwayClient client = OwnRailwayClient.of(new TokenFile(null, RailwayToken.Kind.PROJECT), this::connect);

    @BeforeEach
    void open() throws IOException {
        path = Files.writeString(folder.resolve("token"), "first");
        Files.setLastModifiedTime(path, FileTime.from(Instant.parse("2026-01-01T06:00:00Z")));
        client = OwnRailwayClient.of(new TokenFile(path, RailwayToken.Kind.PROJECT), this::connect);
    }

    @Test
    void callsByTheTokenInTheFile() {
        client.stop(DEPLOYMENT);
        client.stop(DEPLOYMENT);

        assertThat(done).containsExactly("connect first", "stop first", "stop first");
    }

    @Test
    void replacesTheClientWhenTheTokenIsReplaced() throws IOException {
        client.stop(DEPLOYMENT);
        Files.writeString(path, "second");

        client.stop(DEPLOYMENT);

        assertThat(done).containsExactly("connect first", "stop first", "close first", "connect second", "stop second");
    }

    @Test
    void throwsWhatTheClientThrows() {
        assertThatExceptionOfType(RailwayException.Transient.class).isThrownBy(() -> client.cancel(DEPLOYMENT));
    }

    @Test
    void refusesWhileThereIsNoToken() throws IOException {
        Files.delete(path);

        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> client.stop(DEPLOYMENT));
    }

    @Test
    void closesTheClientThatItHas() {
        client.stop(DEPLOYMENT);

        client.close();
        client.close();

        assertThat(done).containsExactly("connect first", "stop first", "close first");
    }

    @Test
    void equalsItselfAlone() {
        var other = connect(new RailwayToken(RailwayToken.Kind.PROJECT, "x"));

        assertThat(List.of(other, client).indexOf(client)).isEqualTo(1);
    }

    private RailwayClient connect(RailwayToken token) {
        done.add("connect " + token.value());
        return (RailwayClient) Proxy.newProxyInstance(
                RailwayClient.class.getClassLoader(), new Class<?>[] {RailwayClient.class}, (_, method, _) -> {
                    if (method.getName().equals("cancel")) {
                        throw new RailwayException.Transient("504");
                    }
                    done.add(method.getName() + " " + token.value());
                    return null;
                });
    }
}
