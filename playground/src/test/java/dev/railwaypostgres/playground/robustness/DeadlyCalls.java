package dev.railwaypostgres.playground.robustness;

import static dev.railwaypostgres.playground.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.playground.run.Stage;
import dev.railwaypostgres.playground.simulator.railway.Fault;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Calls to Railway, in the order in which they will come, each of which is carried out and kills the operator before it is answered. */
record DeadlyCalls(Stage stage, List<DeadlyCall> calls) {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** @param before how often it was called until now */
    record DeadlyCall(String operation, long before) {}

    static DeadlyCalls of(Stage stage, String... operations) {
        var railway = stage.playground().railway();
        var calls = Arrays.stream(operations)
                .map(operation -> {
                    railway.faults().next(operation, new Fault.Hangs(true));
                    return new DeadlyCall(operation, railway.counters().of(operation));
                })
                .toList();
        return new DeadlyCalls(stage, calls);
    }

    /** Waits for one after the other, and starts the operator again each time. */
    void awaitAll() {
        var playground = stage.playground();
        for (var call : calls) {
            within(
                    PATIENCE,
                    () -> assertThat(playground.railway().counters().of(call.operation()))
                            .as(call.operation())
                            .isGreaterThan(call.before()));
            playground.operator().kill();
            playground.operator().restart();
        }
    }
}
