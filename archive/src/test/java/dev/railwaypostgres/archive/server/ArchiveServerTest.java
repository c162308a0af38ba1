package dev.railwaypostgres.archive.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.railwaypostgres.archive.backup.ServerFacts;
import dev.railwaypostgres.postgres.Lsn;
import dev.railwaypostgres.postgres.SystemIdentifier;
import dev.railwaypostgres.postgres.Timeline;
import dev.railwaypostgres.postgres.replication.BackupOptions;
import dev.railwaypostgres.postgres.replication.Login;
import dev.railwaypostgres.postgres.replication.Reason;
import dev.railwaypostgres.postgres.replication.ReplicationConnection;
import dev.railwaypostgres.postgres.replication.ReplicationFailure;
import dev.railwaypostgres.postgres.replication.Server;
import dev.railwaypostgres.postgres.replication.SlotName;
import dev.railwaypostgres.postgres.replication.StandbyStatus;
import dev.railwaypostgres.postgres.replication.WalEvent;
import dev.railwaypostgres.postgres.replication.WalStream;
import dev.railwaypostgres.postgres.scram.Credentials;
import dev.railwaypostgres.postgres.scram.ScramVerifier;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Our own client at the server's door. Postgres' programs stand there in the playground's tests. */
@Timeout(30)
class ArchiveServerTest {
    private static final SlotName SLOT = new SlotName("any");
    private static final Lsn START = Lsn.parse("0/3000123");
    private static final Lsn END = Lsn.parse("0/30A1000");
    private static final ServerFacts FACTS =
            new ServerFacts(SystemIdentifier.parse("7300000000000000001"), 170011, "17.11", 16 << 20, true);

    private static ServerTls tls;

    private final MemoryLog log = new MemoryLog(END);
    private ArchiveServer server;

    @BeforeAll
    static void makeCertificate() throws Exception {
        tls = FreshCertificate.make();
    }

    @BeforeEach
    void start() throws Exception {
        server = serve(Instant.now().plusSeconds(60));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private ArchiveServer serve(Instant deadline) throws Exception {
        var role = new ServedRole("restore", ScramVerifier.ofPassword("secret"), deadline);
        return ArchiveServer.start(0, tls, role, new ServedDatabase(FACTS, null, log), Clock.systemUTC());
    }

    private ReplicationConnection connect(String user, String password) {
        var login = new Login(user, new Credentials.Password(password), null, "test");
        return ReplicationConnection.open(Server.at("127.0.0.1", server.port()), login);
    }

    private ReplicationConnection connect() {
        return connect("restore", "secret");
    }

    @Test
    void saysWhoseArchiveItIs() {
        try (var connection = connect()) {
            var identity = connection.identify();
            assertThat(identity.system()).isEqualTo(FACTS.system());
            assertThat(identity.position()).isEqualTo(END);
            assertThat(connection.show("wal_segment_size")).isEqualTo("16MB");
            assertThat(connection.version()).isEqualTo(170011);
            assertThat(connection.readSlot(SLOT)).isEmpty();
            connection.createSlot(SLOT);
        }
    }

    @Test
    void goesOnAfterWhatItRefuses() {
        try (var connection = connect()) {
            assertThat(reasonOf(() -> connection.show("shared_buffers"))).isEqualTo(Reason.NO_SUCH_SLOT);
            assertThat(reasonOf(() -> connection.history(Timeline.FIRST))).isEqualTo(Reason.WAL_MISSING);
            assertThat(reasonOf(() -> connection.query("SELECT 1"))).isEqualTo(Reason.OTHER);
            assertThat(reasonOf(() -> connection.baseBackup(BackupOptions.labelled("x"))))
                    .isEqualTo(Reason.OTHER);
            assertThat(reasonOf(() -> connection.follow(SLOT, END.plus(1), Timeline.FIRST)))
                    .isEqualTo(Reason.NOT_IN_HISTORY);
            assertThat(connection.identify().timeline()).isEqualTo(Timeline.FIRST);
        }
    }

    @Test
    void letsNobodyElseIn() {
        assertThat(reasonOf(() -> connect("restore", "wrong"))).isEqualTo(Reason.NOT_ALLOWED);
        assertThat(reasonOf(() -> connect("somebody", "secret"))).isEqualTo(Reason.NOT_ALLOWED);
    }

    @Test
    void letsNobodyInWithoutTls() {
        var login = new Login("restore", new Credentials.Password("secret"), null, "test");
        var address = Server.at("127.0.0.1", server.port()).unencrypted();
        assertThat(reasonOf(() -> ReplicationConnection.open(address, login))).isEqualTo(Reason.NOT_ALLOWED);
    }

    @Test
    void sendsTheLogInPiecesThatEndWithAPage() {
        try (var connection = connect()) {
            var stream = connection.follow(SLOT, START, Timeline.FIRST);
            var position = START;
            while (position.isBefore(END)) {
                var wal = nextWal(stream);
                assertThat(wal.start()).isEqualTo(position);
                assertThat(wal.end().equals(END) || wal.end().value() % 8192 == 0)
                        .isTrue();
                for (int i = 0; i < wal.bytes().readableBytes(); i++) {
                    assertThat(wal.bytes().getByte(i)).isEqualTo(MemoryLog.at(position.value() + i));
                }
                position = wal.end();
            }
            assertThat(position).isEqualTo(END);
        }
    }

    @Test
    void sendsWhatIsAddedLater() {
        try (var connection = connect()) {
            var stream = connection.follow(SLOT, END, Timeline.FIRST);
            log.growTo(END.plus(100));
            assertThat(nextWal(stream).end()).isEqualTo(END.plus(100));
            log.growTo(END.plus(200));
            assertThat(nextWal(stream).end()).isEqualTo(END.plus(200));
        }
    }

    @Test
    void answersAPingAndTakesCommandsAfterACopy() {
        try (var connection = connect()) {
            var stream = connection.follow(SLOT, END, Timeline.FIRST);
            stream.acknowledge(StandbyStatus.kept(END, END, Instant.now()).wantingAnswer());
            assertThat(stream.next()).isInstanceOf(WalEvent.KeepAlive.class);
            stream.stop();
            assertThat(connection.identify().position()).isEqualTo(END);
        }
    }

    @Test
    void leadsFromATimelineThatHasEndedToTheNext() {
        log.fork(END);
        log.growTo(END.plus(500));
        try (var connection = connect()) {
            assertThat(connection.history(new Timeline(2)).content().toText()).startsWith("1\t" + END);
            var old = connection.follow(SLOT, END.plus(-10), Timeline.FIRST);
            assertThat(nextWal(old).end()).isEqualTo(END);
            assertThat(old.next()).isEqualTo(new WalEvent.TimelineEnded(new Timeline(2), END));
            var atOnce = connection.follow(SLOT, END, Timeline.FIRST);
            assertThat(atOnce.next()).isEqualTo(new WalEvent.TimelineEnded(new Timeline(2), END));
            var next = connection.follow(SLOT, END, new Timeline(2));
            assertThat(nextWal(next).end()).isEqualTo(END.plus(500));
        }
    }

    @Test
    void leadsToTheNextTimelineThoseWhoFollowWhenItBegins() {
        try (var connection = connect()) {
            var stream = connection.follow(SLOT, END, Timeline.FIRST);
            log.growTo(END.plus(100));
            assertThat(nextWal(stream).end()).isEqualTo(END.plus(100));
            log.fork(END.plus(100));
            assertThat(stream.next()).isEqualTo(new WalEvent.TimelineEnded(new Timeline(2), END.plus(100)));
        }
    }

    @Test
    void endsTheSessionAtAGapInsteadOfSkippingIt() {
        log.lose(END.plus(-100));
        try (var connection = connect()) {
            var stream = connection.follow(SLOT, END.plus(-200), Timeline.FIRST);
            assertThat(nextWal(stream).end()).isEqualTo(END.plus(-100));
            assertThatThrownBy(stream::next)
                    .isInstanceOf(ReplicationFailure.Refused.class)
                    .hasMessageContaining("cannot read its log at " + END.plus(-100));
        }
    }

    @Test
    void endsWithItsDeadline() throws Exception {
        server.close();
        server = serve(Instant.now().plusSeconds(1));
        try (var connection = connect()) {
            var stream = connection.follow(SLOT, END, Timeline.FIRST);
            assertThatThrownBy(stream::next).isInstanceOf(ReplicationFailure.Lost.class);
            server.awaitClose();
            assertThatThrownBy(this::connect).isInstanceOf(ReplicationFailure.Lost.class);
        }
    }

    @Test
    void turnsACrowdAway() throws Exception {
        var crowd = new ArrayList<Socket>();
        try {
            for (int i = 0; i < 40; i++) {
                crowd.add(new Socket(InetAddress.getLoopbackAddress(), server.port()));
            }
            assertThatThrownBy(this::connect).isInstanceOf(ReplicationFailure.Lost.class);
        } finally {
            for (var socket : crowd) {
                socket.close();
            }
        }
    }

    private static WalEvent.Wal nextWal(WalStream stream) {
        while (true) {
            if (stream.next() instanceof WalEvent.Wal wal) {
                return wal;
            }
        }
    }

    private static Reason reasonOf(ThrowingCallable call) {
        return catchThrowableOfType(ReplicationFailure.Refused.class, call).reason();
    }
}
