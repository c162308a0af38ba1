package dev.railwaypostgres.playground.simulator.railway;

import java.util.Optional;

/** An image whose name is {@code script} and whose behaviour is the shell text in its variable {@code SCRIPT}. */
final class ScriptImage implements ServiceImage {
    @Override
    public Optional<ProcessBuilder> process(Container container) {
        if (!container.image().equals("script")) {
            return Optional.empty();
        }
        var process = new ProcessBuilder("bash", "-c", container.variables().getOrDefault("SCRIPT", "exit 1"));
        process.environment().putAll(container.variables());
        process.environment().put("PORT", String.valueOf(container.port()));
        return Optional.of(process);
    }
}
