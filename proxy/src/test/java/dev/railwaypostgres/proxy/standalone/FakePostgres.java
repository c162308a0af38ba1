package dev.railwaypostgres.proxy.standalone;

import dev.railwaypostgres.postgres.Lsn;
import dev.railwaypostgres.postgres.scram.ScramVerifier;
import dev.railwaypostgres.sleep.compute.ActivitySnapshot;
import dev.railwaypostgres.sleep.compute.AdminLogin;
import dev.railwaypostgres.sleep.compute.ClientBackend;
import dev.railwaypostgres.sleep.compute.ComputeException;
import dev.railwaypostgres.sleep.compute.ComputeIdentity;
import dev.railwaypostgres.sleep.compute.ComputeSession;
import dev.railwaypostgres.sleep.compute.ComputeSql;
import dev.railwaypostgres.sleep.compute.RolesSnapshot;
import dev.railwaypostgres.sleep.compute.RunningParameters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Postgres on a {@link FakeRailway}: up while its container runs, gone after its shutdown. */
final class FakePostgres implements ComputeSql {
    static final String VERIFIER = ScramVerifier.ofPassword("secret").encoded();

    final List<ClientBackend> backends = new ArrayList<>();
    Map<String, String> verifiers = Map.of("app", VERIFIER);
    int checkpoints;
    int fences;

    private final FakeRailway railway;
    private final FakeClock clock;
    private final Fuse fuse;
    private boolean isShuttingDown;

    FakePostgres(FakeRailway railway, FakeClock clock, Fuse fuse) {
        this.railway = railway;
        this.clock = clock;
        this.fuse = fuse;
    }

    void connect(ClientBackend.State state) {
        backends.add(new ClientBackend(1, "app", "psql", state, clock.instant(), null, "10.0.0.1"));
    }

    /** What the death of the proxy does to its sessions. */
    void loseProxy() {
        backends.clear();
        endIfDone();
    }

    @Override
    public ComputeSession open(AdminLogin login, Duration timeout) {
        if (!railway.isRunning()) {
            isShuttingDown = false;
            throw new ComputeException.Unreachable("connection refused", new IllegalStateException("down"));
        }
        if (isShuttingDown) {
            throw new ComputeException.ShuttingDown("shutting down", new IllegalStateException("57P03"));
        }
        return new Session();
    }

    private void endIfDone() {
        if (isShuttingDown && backends.isEmpty()) {
            isShuttingDown = false;
            railway.exit();
        }
    }

    private final class Session implements ComputeSession {
        @Override
        public ComputeIdentity identity() {
            requireUp();
            return new ComputeIdentity("7", 1, "17.5", Lsn.INVALID);
        }

        @Override
        public ActivitySnapshot activity() {
            requireUp();
            return new ActivitySnapshot(clock.instant(), railway.startedAt, backends, 0);
        }

        @Override
        public RolesSnapshot roles() {
            requireUp();
            return new RolesSnapshot(verifiers, Map.of(), Map.of("server_version", "17.5"));
        }

        @Override
        public RunningParameters parameters() {
            requireUp();
            return new RunningParameters("", false, Optional.empty());
        }

        @Override
        public void offerParameters(String text) {
            throw new AssertionError("Parameters are none of the proxy's business");
        }

        @Override
        public Lsn checkpoint() {
            requireUp();
            checkpoints++;
            fuse.effect();
            return Lsn.parse("0/16B3748");
        }

        @Override
        public void fence() {
            requireUp();
            fences++;
            isShuttingDown = true;
            fuse.effect();
        }

        @Override
        public void terminateIdle(Duration atLeast) {
            requireUp();
            backends.removeIf(ClientBackend::isIdle);
            fuse.effect();
        }

        @Override
        public void close() {
            endIfDone();
        }

        private void requireUp() {
            if (!railway.isRunning()) {
                isShuttingDown = false;
                throw new ComputeException.Unreachable("connection reset", new IllegalStateException("down"));
            }
        }
    }
}
