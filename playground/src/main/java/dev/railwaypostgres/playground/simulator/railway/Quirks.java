package dev.railwaypostgres.playground.simulator.railway;

import java.time.Duration;

/** How odd the platform is at the moment. Everything can be changed while it runs; a new simulator has no oddities at all. */
public final class Quirks {
    /** What a client meets at the public port of a service that does not run. */
    public enum StoppedPort {
        /** The connection is made and ended at once. */
        CLOSES,
        /** Nobody listens. */
        REFUSES,
        /** The connection is made and nothing ever comes. */
        HANGS
    }

    private volatile Duration bootDelay;
    private volatile Duration creationLag = Duration.ZERO;
    private volatile Duration volumeInterval = Duration.ZERO;
    private volatile Duration projectInterval = Duration.ZERO;
    private volatile Duration environmentInterval = Duration.ZERO;
    private volatile int volumesPerProject = 1000;
    private volatile int callsPerHour;
    private volatile boolean ignoresStop;
    private volatile boolean ignoresRemove;
    private volatile boolean showsDeletedServices;
    private volatile boolean hidesRemovedDeployments;
    private volatile StoppedPort stoppedPort = StoppedPort.CLOSES;

    Quirks(Duration bootDelay) {
        this.bootDelay = bootDelay;
    }

    /** Time between a deploy and the start of its process. */
    public Quirks bootDelay(Duration value) {
        bootDelay = value;
        return this;
    }

    /** Time for which a new thing is missing in lists and not found when read. */
    public Quirks creationLag(Duration value) {
        creationLag = value;
        return this;
    }

    /** Volumes are created at most once in this time ("Whoa there pal!"). */
    public Quirks volumeInterval(Duration value) {
        volumeInterval = value;
        return this;
    }

    /** Projects are created at most once in this time. */
    public Quirks projectInterval(Duration value) {
        projectInterval = value;
        return this;
    }

    /** Environments are created at most once in this time. */
    public Quirks environmentInterval(Duration value) {
        environmentInterval = value;
        return this;
    }

    /** The plan's quota. */
    public Quirks volumesPerProject(int value) {
        volumesPerProject = value;
        return this;
    }

    /** More calls in an hour get status 429; 0 means without limit. */
    public Quirks callsPerHour(int value) {
        callsPerHour = value;
        return this;
    }

    /** {@code deploymentStop} says true and does nothing. */
    public Quirks ignoresStop(boolean value) {
        ignoresStop = value;
        return this;
    }

    /** {@code deploymentRemove} says true and does nothing. */
    public Quirks ignoresRemove(boolean value) {
        ignoresRemove = value;
        return this;
    }

    /** Deleted services stay in lists, with {@code deletedAt}; volumes always do. */
    public Quirks showsDeletedServices(boolean value) {
        showsDeletedServices = value;
        return this;
    }

    /** {@code latestDeployment} is null when the last one was removed. */
    public Quirks hidesRemovedDeployments(boolean value) {
        hidesRemovedDeployments = value;
        return this;
    }

    /** Takes effect at the next stop of a service. */
    public Quirks stoppedPort(StoppedPort value) {
        stoppedPort = value;
        return this;
    }

    Duration bootDelay() {
        return bootDelay;
    }

    Duration creationLag() {
        return creationLag;
    }

    Duration volumeInterval() {
        return volumeInterval;
    }

    Duration projectInterval() {
        return projectInterval;
    }

    Duration environmentInterval() {
        return environmentInterval;
    }

    int volumesPerProject() {
        return volumesPerProject;
    }

    int callsPerHour() {
        return callsPerHour;
    }

    boolean ignoresStop() {
        return ignoresStop;
    }

    boolean ignoresRemove() {
        return ignoresRemove;
    }

    boolean showsDeletedServices() {
        return showsDeletedServices;
    }

    boolean hidesRemovedDeployments() {
        return hidesRemovedDeployments;
    }

    StoppedPort stoppedPort() {
        return stoppedPort;
    }
}
