package dev.railwaypostgres.playground.conformance.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.playground.QuietLog;
import dev.railwaypostgres.playground.conformance.scene.Lane;
import dev.railwaypostgres.playground.conformance.scene.Postgres;
import dev.railwaypostgres.playground.conformance.scene.Situation;
import dev.railwaypostgres.playground.conformance.wire.ClientMessage;
import dev.railwaypostgres.playground.conformance.wire.WireClient;
import dev.railwaypostgres.postgres.Bytes;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Copies larger than what the proxy would ever keep, and clients that do not read. */
@ExtendWith(QuietLog.class)
class VolumeIT {
    private static final int MEGABYTE = 1 << 20;
    private static final long MOST_KEPT = 24L * MEGABYTE;
    private static final int MEGABYTES = 100;

    /** A megabyte of them. */
    private static final Bytes ROWS = ClientMessage.bytes("CopyData \"1\\n\"*" + MEGABYTE / 2);

    private static final int MANY = 50_000;

    @TempDir
    private static Path folder;

    private static Postgres postgres;
    private static Lane lane;

    @BeforeAll
    static void start() throws Exception {
        postgres = new Postgres(folder);
        lane = new Lane(postgres, 1);
        lane.administer("CREATE TABLE t (i int); GRANT ALL ON t TO app");
    }

    @AfterAll
    static void end() {
        lane.end();
        postgres.close();
    }

    @Test
    void anErrorReachesTheClientWhileItStillSends() {
        lane.enter(new Situation(Situation.Kind.WARM, 1));
        try (var client = lane.connect(Postgres.APP, Map.of())) {
            client.send(ClientMessage.query("COPY t FROM STDIN"));
            client.await("CopyInResponse");
            client.send(ClientMessage.bytes("CopyData \"nonsense\\n\""));
            send(client, 1);
            client.await("ErrorResponse");
            long most = send(client, MEGABYTES);
            client.send(ClientMessage.bytes("CopyDone"));
            client.await("ReadyForQuery");
            client.send(ClientMessage.query("SELECT count(*) FROM t"));
            client.await("ReadyForQuery");
            assertThat(client.heard()).contains("DataRow 0");
            assertThat(most).isLessThan(MOST_KEPT);
            client.leave();
        }
        lane.untilAllIsGivenBack();
    }

    @Test
    void aCopyIntoATableIsNotKept() {
        lane.enter(new Situation(Situation.Kind.WARM, 1));
        try (var client = lane.connect(Postgres.APP, Map.of())) {
            client.send(ClientMessage.query("BEGIN; CREATE TEMP TABLE u (i int); COPY u FROM STDIN"));
            client.await("CopyInResponse");
            assertThat(send(client, 8)).isLessThan(MOST_KEPT);
            client.send(ClientMessage.bytes("CopyDone"));
            client.await("ReadyForQuery");
            assertThat(client.heard()).contains("CommandComplete COPY " + 8 * MEGABYTE / 2);
            client.leave();
        }
        lane.untilAllIsGivenBack();
    }

    @Test
    void aClientThatDoesNotReadHoldsUpNobodyElse() {
        lane.enter(new Situation(Situation.Kind.WARM, 2));
        try (var deaf = lane.connect(Postgres.APP, Map.of());
                var other = lane.connect(Postgres.APP, Map.of())) {
            long before = kept();
            deaf.send(ClientMessage.query("SELECT repeat('x', 2000) FROM generate_series(1, %d)".formatted(MANY)));
            deaf.await("DataRow");
            deaf.stopReading();
            for (int i = 0; i < 50; i++) {
                other.send(ClientMessage.query("SELECT 'undisturbed'"));
                other.await("ReadyForQuery");
            }
            assertThat(other.heard()).filteredOn("DataRow undisturbed"::equals).hasSize(50);
            assertThat(kept() - before).isLessThan(MOST_KEPT);
            deaf.readAgain();
            deaf.await("ReadyForQuery");
            assertThat(deaf.heard()).contains("CommandComplete SELECT " + MANY);
            deaf.leave();
            other.leave();
        }
        lane.untilAllIsGivenBack();
    }

    /** @return the most that was kept meanwhile */
    private static long send(WireClient client, int count) {
        long before = kept();
        long most = 0;
        for (int i = 0; i < count; i++) {
            client.send(ROWS);
            client.flush();
            most = Math.max(most, kept() - before);
        }
        return most;
    }

    /** By the allocator that sockets use, in whole chunks. */
    private static long kept() {
        long used = ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT)
                .metric()
                .usedDirectMemory();
        assertThat(used).isPositive();
        return used;
    }
}
