package dev.railwaypostgres.playground.conformance.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.railwaypostgres.playground.QuietLog;
import dev.railwaypostgres.playground.conformance.KnownDifferences;
import dev.railwaypostgres.playground.conformance.scene.Lane;
import dev.railwaypostgres.playground.conformance.scene.Postgres;
import dev.railwaypostgres.playground.conformance.scene.Situation;
import dev.railwaypostgres.playground.conformance.wire.ClientMessage;
import dev.railwaypostgres.playground.conformance.wire.WireClient;
import dev.railwaypostgres.postgres.Bytes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Clients that vanish at any byte, or begin to talk nonsense at any moment, while a neighbour on the same server connection goes
 * on. {@code -Dfuzz.seed} and {@code -Dfuzz.seconds} as in {@link TalkIT}.
 */
@ExtendWith(QuietLog.class)
class GarbageIT {
    private static final long SEED = Long.getLong("fuzz.seed", 1);
    private static final Duration LIMIT = Duration.ofSeconds(Long.getLong("fuzz.seconds", 2));
    private static final int MOST_BYTES = 600;
    private static final String TAGS = "QPBDECSHXFdcfp";

    @TempDir
    private static Path folder;

    private static Postgres postgres;
    private static Lane lane;

    private final Random random = new Random(SEED);

    @BeforeAll
    static void start() throws Exception {
        assumeThat(KnownDifferences.ofTheProxy().contain("transaction/gone-while-waiting"))
                .as("clients that vanish take server connections with them")
                .isFalse();
        postgres = new Postgres(folder);
        lane = new Lane(postgres, 1);
        lane.administer("CREATE TABLE t (i int); GRANT ALL ON t TO app");
    }

    @AfterAll
    static void end() {
        if (lane != null) {
            lane.end();
            postgres.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void nobodyNoticesAClientThatVanishesAtAnyByte(RealClient who) throws Exception {
        lane.enter(new Situation(Situation.Kind.WARM, 1));
        var said = who.said(lane);
        repeat(() -> {
            var client = lane.connect(Postgres.APP, Map.of());
            client.send(Bytes.copyOf(Arrays.copyOf(said, random.nextInt(said.length))));
            vanish(client);
        });
    }

    @ParameterizedTest
    @EnumSource
    void nobodyNoticesAClientThatTalksNonsense(Moment since) throws Exception {
        repeat(() -> {
            var client = lane.connect(Postgres.APP, Map.of());
            since.bring(client);
            client.send(Bytes.copyOf(nonsense()));
            vanish(client);
        });
    }

    @Test
    void nobodyNoticesNonsenseBeforeALogin() throws Exception {
        repeat(() -> {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), lane.port())) {
                socket.getOutputStream().write(nonsense());
            }
        });
    }

    private interface Disturbance {
        void happen() throws IOException;
    }

    /** While a neighbour on the same server connection goes on. */
    private void repeat(Disturbance disturbance) throws IOException {
        lane.enter(new Situation(Situation.Kind.WARM, 1));
        var deadline = System.nanoTime() + LIMIT.toNanos();
        try (var neighbour = lane.connect(Postgres.APP, Map.of())) {
            for (int questions = 0; System.nanoTime() < deadline; questions++) {
                disturbance.happen();
                ask(neighbour, "answer " + questions);
            }
            neighbour.leave();
        }
        lane.untilAllIsGivenBack();
    }

    private static void ask(WireClient neighbour, String answer) {
        neighbour.send(ClientMessage.query("SELECT '%s', count(*) FROM t WHERE i = -1".formatted(answer)));
        neighbour.await("ReadyForQuery");
        var heard = neighbour.heard();
        assertThat(heard.subList(heard.size() - 3, heard.size()))
                .as("-Dfuzz.seed=%d", SEED)
                .containsExactly("DataRow " + answer + " | 0", "CommandComplete SELECT 1", "ReadyForQuery I");
    }

    private void vanish(WireClient client) {
        client.flush();
        switch (random.nextInt(3)) {
            case 0 -> client.close();
            case 1 -> client.reset();
            default -> {
                client.halfClose();
                client.close();
            }
        }
    }

    /** Either nothing but nonsense, or with a beginning that looks like a message. */
    private byte[] nonsense() {
        var bytes = new byte[1 + random.nextInt(MOST_BYTES)];
        random.nextBytes(bytes);
        if (random.nextBoolean() && bytes.length > 5) {
            var looks = List.of((byte) TAGS.charAt(random.nextInt(TAGS.length())), (byte) 0, (byte) 0);
            for (int i = 0; i < looks.size(); i++) {
                bytes[i] = looks.get(i);
            }
        }
        return bytes;
    }
}
