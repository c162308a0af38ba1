package dev.railwaypostgres.playground.simulator.railway;

import dev.railwaypostgres.playground.binaries.PostgresBinaries;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** The Postgres that Railway itself offers: a script of ours that behaves as that image does, with Postgres' binaries on its path. */
public final class TemplateImage implements ServiceImage {
    private static final Pattern NAME =
            Pattern.compile("(?:.+/)?railwayapp-templates/postgres-ssl:(?<major>\\d+)(?:[.@-].*)?");
    private static final String SCRIPT = "postgres-template.sh";

    private final PostgresBinaries binaries;

    public TemplateImage(PostgresBinaries binaries) {
        this.binaries = binaries;
    }

    @Override
    public Optional<ProcessBuilder> process(Container container) {
        var name = NAME.matcher(container.image());
        if (!name.matches()) {
            return Optional.empty();
        }
        var programs = binaries.home(Integer.parseInt(name.group("major"))).resolve("bin");
        var process = new ProcessBuilder("bash", "-c", script());
        var environment = process.environment();
        var path = environment.getOrDefault("PATH", "/usr/bin:/bin");
        environment.clear();
        environment.putAll(container.variables());
        environment.put("PATH", programs + File.pathSeparator + path);
        environment.put("LANG", "C.UTF-8");
        environment.put("PGPORT", String.valueOf(container.port()));
        environment.put("LISTEN_ADDRESSES", "127.0.0.1");
        environment.put("INITDB_OPTIONS", "--no-sync");
        return Optional.of(process);
    }

    private static String script() {
        try (var script = TemplateImage.class.getResourceAsStream(SCRIPT)) {
            return new String(Objects.requireNonNull(script, SCRIPT).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
