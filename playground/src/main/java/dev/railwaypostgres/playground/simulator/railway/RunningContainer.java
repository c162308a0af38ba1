package dev.railwaypostgres.playground.simulator.railway;

import java.util.concurrent.TimeUnit;

/** A container's process and all that it started. */
record RunningContainer(Process process) {
    boolean isRunning() {
        return process.isAlive();
    }

    /** SIGTERM, then SIGKILL for all when the time is over. */
    void stop(int drainingSeconds) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(drainingSeconds, TimeUnit.SECONDS)) {
            kill();
        }
    }

    void kill() throws InterruptedException {
        var others = process.descendants().toList();
        process.destroyForcibly();
        others.forEach(ProcessHandle::destroyForcibly);
        process.waitFor();
        others.forEach(other -> other.onExit().join());
    }
}
