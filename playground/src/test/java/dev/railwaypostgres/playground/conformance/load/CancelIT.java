package dev.railwaypostgres.playground.conformance.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.playground.QuietLog;
import dev.railwaypostgres.playground.conformance.scene.Lane;
import dev.railwaypostgres.playground.conformance.scene.Postgres;
import dev.railwaypostgres.playground.conformance.scene.Situation;
import dev.railwaypostgres.playground.conformance.wire.ClientMessage;
import dev.railwaypostgres.playground.conformance.wire.WireClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Cancels that come at any moment, and many of them, while two clients share one server connection. */
@ExtendWith(QuietLog.class)
class CancelIT {
    private static final int ROUNDS = 150;
    private static final int CROWD = 300;
    private static final String CANCELLED = "ErrorResponse ERROR 57014";

    @TempDir
    private static Path folder;

    private static Postgres postgres;
    private static Lane lane;

    @BeforeAll
    static void start() throws Exception {
        postgres = new Postgres(folder);
        lane = new Lane(postgres, 1);
    }

    @AfterAll
    static void end() {
        lane.end();
        postgres.close();
    }

    @BeforeEach
    void enter() {
        lane.enter(new Situation(Situation.Kind.WARM, 1));
    }

    private static void ask(WireClient client, String statement) {
        client.send(ClientMessage.query(statement));
        client.await("ReadyForQuery");
    }

    /** The one who is cancelled may hear of it at any time; the other must never. */
    @Test
    void neverCancelAnotherClientsStatement() throws Exception {
        try (var cancelled = lane.connect(Postgres.APP, Map.of());
                var innocent = lane.connect(Postgres.APP, Map.of());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var isOver = new AtomicBoolean();
            var canceller = threads.submit((Callable<Integer>) () -> {
                int cancels = 0;
                for (; !isOver.get(); cancels++) {
                    cancelled.cancel(true);
                }
                return cancels;
            });
            for (int round = 0; round < ROUNDS; round++) {
                cancelled.send(ClientMessage.query("SELECT count(*) FROM generate_series(1, 5000)"));
                cancelled.flush();
                ask(innocent, "SELECT count(*) FROM generate_series(1, 5000)");
                cancelled.await("ReadyForQuery");
            }
            isOver.set(true);
            assertThat(canceller.get()).isPositive();
            assertThat(innocent.heard()).noneMatch(line -> line.startsWith(CANCELLED));
            assertThat(innocent.heard()).filteredOn("DataRow 5000"::equals).hasSize(ROUNDS);
        }
        lane.untilAllIsGivenBack();
    }

    @Test
    void areAnsweredToACrowdWhileStatementsGoOn() throws Exception {
        try (var busy = lane.connect(Postgres.APP, Map.of());
                var other = lane.connect(Postgres.APP, Map.of());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            ask(busy, "BEGIN");
            ask(busy, "SELECT count(*) FROM pg_class WHERE oid = 0");
            var crowd = new ArrayList<Future<?>>();
            for (int i = 0; i < CROWD; i++) {
                crowd.add(threads.submit(() -> other.cancel(true)));
            }
            for (int i = 0; i < 20; i++) {
                ask(busy, "SELECT 'undisturbed'");
            }
            ask(busy, "COMMIT");
            for (var one : crowd) {
                one.get();
            }
            ask(other, "SELECT 'afterwards'");
            assertThat(busy.heard()).filteredOn("DataRow undisturbed"::equals).hasSize(20);
            assertThat(other.heard()).contains("DataRow afterwards");
        }
        lane.untilAllIsGivenBack();
    }
}
