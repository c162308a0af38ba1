package dev.railwaypostgres.operator.database;

import dev.railwaypostgres.postgres.Lsn;
import dev.railwaypostgres.railway.model.DeploymentId;
import dev.railwaypostgres.sleep.compute.ActivitySnapshot;
import dev.railwaypostgres.sleep.compute.AdminLogin;
import dev.railwaypostgres.sleep.compute.ClientBackend;
import dev.railwaypostgres.sleep.compute.ComputeException;
import dev.railwaypostgres.sleep.compute.ComputeIdentity;
import dev.railwaypostgres.sleep.compute.ComputeSession;
import dev.railwaypostgres.sleep.compute.ComputeSql;
import dev.railwaypostgres.sleep.compute.RolesSnapshot;
import dev.railwaypostgres.sleep.compute.RunningParameters;
import dev.railwaypostgres.sleep.compute.RunningParameters.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The Postgres of the one database on a {@link FakeRailway}: up while a deployment runs, gone after its shutdown. Of
 * parameters it knows that {@code max_connections} takes a start, and refuses the value {@code nonsense}.
 */
final class FakePostgres implements ComputeSql {
    final List<ClientBackend> backends = new ArrayList<>();
    String systemIdentifier = "7000000000000000001";
    Lsn position = Lsn.parse("0/16B3748");
    Map<String, String> verifiers = Map.of("app", "SCRAM-SHA-256$4096:salt$stored:server");
    long sessions;
    int checkpoints;
    int offers;
    int fences;
    boolean hangsInShutdown;
    String parameters = "";

    @Nullable
    String doesNotStartWith;

    private final FakeRailway railway;
    private final FakeClock clock;
    private final Fuse fuse;
    private boolean shuttingDown;
    private @Nullable DeploymentId started;
    private boolean needsStart;
    private @Nullable Refused refused;

    FakePostgres(FakeRailway railway, FakeClock clock, Fuse fuse) {
        this.railway = railway;
        this.clock = clock;
        this.fuse = fuse;
    }

    /** A session that does nothing since now. */
    ClientBackend connectIdle(int pid) {
        return connect(pid, ClientBackend.State.IDLE);
    }

    ClientBackend connect(int pid, ClientBackend.State state) {
        ClientBackend backend = new ClientBackend(pid, "app", "psql", state, clock.instant(), null, "10.0.0.1");
        backends.add(backend);
        return backend;
    }

    /** All sessions end; Postgres, if it was waiting for that, too. */
    void disconnectAll() {
        backends.clear();
        endIfDone();
    }

    @Override
    public ComputeSession open(AdminLogin login, Duration timeout) {
        if (!railway.isRunning()) {
            shuttingDown = false;
            throw new ComputeException.Unreachable("connection refused", new IllegalStateException("down"));
        }
        if (shuttingDown) {
            throw new ComputeException.ShuttingDown("shutting down", new IllegalStateException("57P03"));
        }
        start(railway.onlyService());
        return new Session();
    }

    /** As the start script does it: at each start, what the variable says. */
    private void start(FakeRailway.Service service) {
        DeploymentId running = service.deployments.getLast().id();
        if (!running.equals(started)) {
            started = running;
            takeUp(service.variables.getOrDefault("POSTGRES_PARAMETERS", ""));
            needsStart = false;
        }
    }

    private void takeUp(String offered) {
        if (doesNotStartWith != null && offered.contains(doesNotStartWith)) {
            refused = new Refused(offered, "");
        } else {
            offer(offered);
        }
    }

    private void offer(String offered) {
        refused = offered.contains("nonsense") ? new Refused(offered, "LOG:  invalid value: \"nonsense\"") : null;
        if (refused == null) {
            needsStart = !connections(offered).equals(connections(parameters));
            parameters = offered;
        }
    }

    private static List<String> connections(String text) {
        return text.lines().filter(line -> line.startsWith("max_connections")).toList();
    }

    private void endIfDone() {
        if (shuttingDown && !hangsInShutdown && backends.isEmpty()) {
            shuttingDown = false;
            railway.exit();
        }
    }

    /** What {@code kill -9} of the operator does to its session. */
    void loseOperator() {
        endIfDone();
    }

    private final class Session implements ComputeSession {
        private final @Nullable DeploymentId life = started;

        @Override
        public ComputeIdentity identity() {
            requireUp();
            return new ComputeIdentity(systemIdentifier, 1, "17.5", position);
        }

        @Override
        public ActivitySnapshot activity() {
            requireUp();
            return new ActivitySnapshot(clock.instant(), Instant.EPOCH, backends, sessions);
        }

        @Override
        public RolesSnapshot roles() {
            requireUp();
            return new RolesSnapshot(verifiers, Map.of(), Map.of("server_version", "17.5"));
        }

        @Override
        public RunningParameters parameters() {
            requireUp();
            return new RunningParameters(parameters, needsStart, Optional.ofNullable(refused));
        }

        @Override
        public void offerParameters(String text) {
            requireUp();
            offers++;
            offer(text);
            fuse.effect();
        }

        @Override
        public Lsn checkpoint() {
            requireUp();
            checkpoints++;
            fuse.effect();
            return position;
        }

        @Override
        public void fence() {
            requireUp();
            fences++;
            shuttingDown = true;
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
            if (!railway.isRunning()
                    || !railway.onlyService().deployments.getLast().id().equals(life)) {
                throw new ComputeException.Unreachable("connection reset", new IllegalStateException("down"));
            }
        }
    }
}
