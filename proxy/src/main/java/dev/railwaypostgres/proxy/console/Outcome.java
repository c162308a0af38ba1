package dev.railwaypostgres.proxy.console;

import dev.railwaypostgres.proxy.failure.ProxyFailure;
import java.util.Optional;
import java.util.function.Supplier;

/** What has become of an action. */
sealed interface Outcome {
    record Done() implements Outcome {}

    record Failed(ProxyFailure why) implements Outcome {}

    /**
     * It takes its time.
     *
     * @param look empty as long as it does; asked every 100 ms
     * @param undo takes back what has been begun
     */
    record Later(Supplier<Optional<Outcome>> look, Runnable undo) implements Outcome {}
}
