package dev.railwaypostgres.playground.simulator.railway;

import java.util.Optional;

/** Knows how to run some images as local processes. */
public interface ServiceImage {
    /** The process for the container, or empty when the image is not one of these. It is described, not started. */
    Optional<ProcessBuilder> process(Container container);
}
