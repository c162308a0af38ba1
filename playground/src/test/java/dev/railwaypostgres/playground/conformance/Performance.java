package dev.railwaypostgres.playground.conformance;

import dev.railwaypostgres.playground.conformance.scene.Lane;
import dev.railwaypostgres.playground.conformance.scene.Postgres;
import dev.railwaypostgres.playground.conformance.script.Script;
import dev.railwaypostgres.playground.conformance.script.Step;
import dev.railwaypostgres.playground.conformance.wire.Account;
import dev.railwaypostgres.playground.conformance.wire.WireClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One run of one script: each step done when the one before it is. */
final class Performance {
    /** Where it is noted when something else than a client's answer goes wrong. */
    static final String SCRIPT = "the script";

    private final Lane lane;
    private final Stage stage;
    private final Map<String, WireClient> clients = new LinkedHashMap<>();
    private final Map<String, List<String>> heard = new LinkedHashMap<>();

    /** Whose words have not gone out yet. */
    private String speaking = "";

    private Performance(Lane lane, Stage stage) {
        this.lane = lane;
        this.stage = stage;
    }

    /** @return what each client has heard, by its name */
    static Map<String, List<String>> of(Script script, Lane lane, Stage stage) {
        var performance = new Performance(lane, stage);
        try {
            performance.perform(script.steps());
        } finally {
            performance.clients.values().forEach(WireClient::close);
        }
        return performance.heard;
    }

    private void perform(List<Step> steps) {
        try {
            steps.forEach(this::perform);
            clients.values().forEach(WireClient::leave);
        } catch (WireClient.Silence | AssertionError problem) {
            heard.put(SCRIPT, List.of(String.valueOf(problem.getMessage()).replace('\n', ' ')));
        }
        clients.forEach((name, client) -> heard.put(name, client.heard()));
    }

    private void perform(Step step) {
        sendUnlessMoreFollows(step);
        switch (step) {
            case Step.OfClient ofClient -> perform(ofClient);
            case Step.Administer(String statement) -> lane.administer(statement);
            case Step.Until(String statement) -> lane.until(statement);
            case Step.Suspend _ -> stage.suspend();
            case Step.Hold(String reason) -> stage.holdBy(reason);
            case Step.StayAsleep _ -> stage.verifyThatNobodyWoke();
            case Step.Cut _ -> stage.cut();
            case Step.Terminate _ -> stage.terminate();
        }
    }

    /** What a client says in lines without a break goes out at once. */
    private void sendUnlessMoreFollows(Step next) {
        boolean goesOn =
                switch (next) {
                    case Step.Send(String name, var _) -> name.equals(speaking);
                    case Step.Write(String name, var _) -> name.equals(speaking);
                    default -> false;
                };
        if (!goesOn && !speaking.isEmpty()) {
            client(speaking).flush();
        }
        speaking = next instanceof Step.Send send ? send.client() : "";
    }

    private void perform(Step.OfClient step) {
        switch (step) {
            case Step.Connect(String name, var parameters) -> clients.put(name, connect(parameters));
            case Step.Send(String name, var message) -> client(name).send(message);
            case Step.Await(String name, String message) -> client(name).await(message);
            case Step.Write(String name, int bytes) -> client(name).flush(bytes);
            case Step.Cancel(String name, boolean isEntitled) -> client(name).cancel(isEntitled);
            case Step.Leave(String name, var way) -> leave(client(name), way);
        }
    }

    private static void leave(WireClient client, Step.Way way) {
        client.flush();
        switch (way) {
            case TERMINATE -> client.leave();
            case CLOSE -> client.close();
            case RESET -> client.reset();
            case HALF_CLOSE -> client.halfClose();
        }
    }

    private WireClient client(String name) {
        return clients.computeIfAbsent(name, _ -> connect(Map.of()));
    }

    private WireClient connect(Map<String, String> parameters) {
        return stage.entrance().connect(account(parameters.getOrDefault("user", Postgres.APP.role())), parameters);
    }

    private static Account account(String role) {
        return Stream.of(Postgres.APP, Postgres.OTHER, Postgres.BOSS)
                .filter(account -> account.role().equals(role))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("nobody knows the password of " + role));
    }
}
