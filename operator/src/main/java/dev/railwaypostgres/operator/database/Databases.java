package dev.railwaypostgres.operator.database;

import dev.railwaypostgres.operator.compute.ConnectionSecrets;
import dev.railwaypostgres.operator.events.EventRecorder;
import dev.railwaypostgres.operator.signal.RailwayDetails;
import dev.railwaypostgres.operator.signal.RailwayPoller;
import dev.railwaypostgres.operator.signal.Signals;
import dev.railwaypostgres.operator.status.StatusWriter;
import dev.railwaypostgres.sleep.SleepBarrier;
import dev.railwaypostgres.sleep.SleepTerms;
import dev.railwaypostgres.sleep.compute.ComputeSql;
import dev.railwaypostgres.sleep.watch.ComputeWatch;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.InstantSource;

/** Everything that looks after databases, put together. Close it after the framework has stopped. */
public final class Databases implements AutoCloseable {
    private final RailwayPoller poller;
    private final RailwayDetails details;
    private final ComputeWatch<ResourceID> watch;
    private final DatabasePass pass;
    private final DatabaseDeletion deletion;
    private final DatabaseReconciler reconciler;

    /** The outside world. */
    public record Ports(
            RailwayHomes homes,
            ComputeSql sql,
            ConnectionSecrets secrets,
            SleepBarrier barrier,
            StatusWriter writer,
            EventRecorder events,
            InstantSource clock) {}

    /** @param resync time between two listings of an environment */
    public Databases(Ports ports, DatabaseSettings settings, SleepTerms terms, Duration resync) {
        Signals signals = new Signals();
        poller = new RailwayPoller(ports.clock(), resync, signals::lookAgain);
        details = new RailwayDetails(ports.clock(), signals::lookAgain);
        watch = new ComputeWatch<>(ports.sql(), ports.clock(), signals::lookAgain);
        VolumeRequests volumes = new VolumeRequests(ports.clock());
        DatabaseObserver.Windows windows =
                new DatabaseObserver.Windows(poller, details, watch, ports.secrets(), ports.barrier());
        DatabaseObserver observer = new DatabaseObserver(windows, settings, volumes, ports.clock());
        DatabaseActuator actuator = new DatabaseActuator(details, volumes, windows);
        pass = new DatabasePass(
                new DatabasePass.Parts(observer, new DatabasePlanner(terms), actuator),
                windows,
                settings,
                new DatabasePass.Outside(ports.events(), ports.clock()));
        deletion = new DatabaseDeletion(observer, actuator, ports.events());
        reconciler = new DatabaseReconciler(
                new DatabaseReconciler.Cast(ports.homes(), details, pass, deletion, ports.writer(), signals),
                new FailureReport(ports.events()),
                new RefusedAttempts(ports.clock()));
    }

    /** What to register with the framework. */
    public DatabaseReconciler reconciler() {
        return reconciler;
    }

    /** Begins to list environments. Whoever does not lead lists none, as it follows no database. */
    public void start() {
        poller.start();
    }

    @Override
    public void close() {
        poller.close();
        details.close();
        watch.close();
    }

    DatabasePass pass() {
        return pass;
    }

    DatabaseDeletion deletion() {
        return deletion;
    }
}
