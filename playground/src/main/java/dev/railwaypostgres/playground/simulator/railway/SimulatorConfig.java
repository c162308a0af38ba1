package dev.railwaypostgres.playground.simulator.railway;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Settings of a simulator.
 *
 * @param folder where it remembers: {@code world.json}, {@code volumes}, {@code logs}
 * @param port of the API on loopback; 0 for any
 * @param bootDelay time between a deploy and the start of its process
 * @param images what can be run
 */
public record SimulatorConfig(Path folder, int port, Duration bootDelay, List<ServiceImage> images) {
    public SimulatorConfig {
        images = List.copyOf(images);
    }

    Optional<ProcessBuilder> process(Container container) {
        return images.stream()
                .flatMap(image -> image.process(container).stream())
                .findFirst();
    }
}
