package dev.railwaypostgres.playground.simulator.railway;

import dev.railwaypostgres.playground.binaries.PostgresBinaries;
import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** The compute: its own entrypoint script, with Postgres' binaries on its path where the image would have them installed. Only
 * the care for a power failure during the first start is left out. */
public final class ComputeImage implements ServiceImage {
    private static final Pattern NAME = Pattern.compile("(?:.+/)?railway-postgres/compute:(?<major>\\d+)(?:[.@-].*)?");

    private final Path entrypoint;
    private final PostgresBinaries binaries;

    /** @param entrypoint the script as it stands in the repository */
    public ComputeImage(Path entrypoint, PostgresBinaries binaries) {
        this.entrypoint = entrypoint;
        this.binaries = binaries;
    }

    @Override
    public Optional<ProcessBuilder> process(Container container) {
        var name = NAME.matcher(container.image());
        if (!name.matches()) {
            return Optional.empty();
        }
        var major = Integer.parseInt(name.group("major"));
        var programs = binaries.home(major).resolve("bin");
        var process = new ProcessBuilder("bash", entrypoint.toString());
        var environment = process.environment();
        var path = environment.getOrDefault("PATH", "/usr/bin:/bin");
        environment.clear();
        environment.putAll(container.variables());
        environment.put("PATH", programs + File.pathSeparator + path);
        environment.put("PG_MAJOR", String.valueOf(major));
        environment.put("LANG", "C.UTF-8");
        environment.put("PGPORT", String.valueOf(container.port()));
        environment.put("LISTEN_ADDRESSES", "127.0.0.1");
        environment.put("INITDB_OPTIONS", "--no-sync");
        return Optional.of(process);
    }
}
