package dev.railwaypostgres.playground.simulator.railway;

import static dev.railwaypostgres.playground.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.railwaypostgres.playground.simulator.railway.Quirks.StoppedPort;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublicPortIT {
    private RailwaySimulator simulator;
    private ADatabase service;

    @BeforeEach
    void start(@TempDir Path folder) {
        simulator = RailwaySimulator.start(new SimulatorConfig(folder, 0, Duration.ZERO, List.of(new ScriptImage())));
        service = AService.running(Api.workspace(simulator), simulator.project("test"), "echo", EchoProcess.script());
        var patch = Api.variables();
        patch.putObject("services")
                .putObject(service.serviceId())
                .putObject("networking")
                .putObject("tcpProxies")
                .putObject("5432");
        service.patch(patch);
        eventually(() -> assertThat(echo("hello")).isEqualTo("hello"));
    }

    @AfterEach
    void close() {
        simulator.close();
    }

    @Test
    void endsConnectionsAtOnceWhenTheServiceIsStopped() {
        stop(StoppedPort.CLOSES);
        eventually(() -> assertThat(echo("hello")).isEmpty());
    }

    @Test
    void canRefuseConnectionsWhenTheServiceIsStoppedAndComesBackAtTheSamePort() {
        var port = service.port();
        stop(StoppedPort.REFUSES);
        eventually(() -> assertThatThrownBy(() -> echo("hello")).isInstanceOf(ConnectException.class));
        service.deploy();
        eventually(() -> assertThat(echo("hello")).isEqualTo("hello"));
        assertThat(service.port()).isEqualTo(port);
    }

    @Test
    void canLeaveConnectionsWithoutAnAnswerWhenTheServiceIsStopped() {
        stop(StoppedPort.HANGS);
        eventually(() -> assertThatThrownBy(() -> echo("hello")).isInstanceOf(SocketTimeoutException.class));
    }

    @Test
    void refusesConnectionsWhenThePortIsDeleted() {
        var api = service.api();
        var port = service.port();
        var id = api.ask(
                        "query($e: String!, $s: String!) { tcpProxies(environmentId: $e, serviceId: $s) { id } }",
                        service.place())
                .at("/tcpProxies/0/id")
                .asText();
        api.ask(
                "mutation($id: String!) { tcpProxyDelete(id: $id) }",
                Api.variables().put("id", id));
        assertThatThrownBy(() -> echo(port, "hello")).isInstanceOf(ConnectException.class);
    }

    private void stop(StoppedPort way) {
        simulator.quirks().stoppedPort(way);
        service.stop();
        eventually(() -> assertThat(service.state()).isEqualTo("SUCCESS*/STOPPED"));
    }

    private String echo(String text) throws IOException {
        return echo(service.port(), text);
    }

    private static String echo(int port, String text) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(500);
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
