package dev.railwaypostgres.playground.restore;

import dev.railwaypostgres.playground.binaries.PostgresTools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One of Postgres' own programs, run to its end. */
record Tool(int status, String words) {
    static final String PASSWORD = "restore";

    static Tool run(String program, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                PostgresTools.standard(System.out::println).program(program).toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PGPASSWORD", PASSWORD);
        builder.environment().put("LC_ALL", "C");
        var process = builder.start();
        var words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError(program + " does not end");
        }
        return new Tool(process.exitValue(), words);
    }
}
