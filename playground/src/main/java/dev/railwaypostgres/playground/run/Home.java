package dev.railwaypostgres.playground.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder in which a playground keeps everything that it needs to go on where it was. */
record Home(Path folder) {
    Home {
        folder = folder.toAbsolutePath().normalize();
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make " + folder, e);
        }
    }

    Path kubernetes() {
        return folder.resolve("kubernetes");
    }

    Path railway() {
        return folder.resolve("railway");
    }

    Path buckets() {
        return folder.resolve("buckets");
    }

    Path logs() {
        return folder.resolve("logs");
    }

    Path ports() {
        return folder.resolve("ports");
    }

    /** What a pod would find mounted. */
    Path mounts(String workload) {
        return folder.resolve("mounts").resolve(workload);
    }

    Path lock() {
        return folder.resolve("lock");
    }

    /** Where a running playground tells what it does. */
    Path statusAddress() {
        return folder.resolve("status-address");
    }

    /** To be sourced by shells. */
    Path environment() {
        return folder.resolve("env");
    }

    /** Tools that the machine does not have. */
    Path tools() {
        return folder.resolve("bin");
    }
}
