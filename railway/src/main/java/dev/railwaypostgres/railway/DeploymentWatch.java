package dev.railwaypostgres.railway;

/** A running watch of one deployment. */
@FunctionalInterface
public interface DeploymentWatch extends AutoCloseable {
    /** Ends the watch: its observer hears nothing of what happens from now on. Closing twice is harmless. */
    @Override
    void close();
}
