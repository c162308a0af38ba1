package dev.railwaypostgres.playground.binaries;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PostgresToolsIT {
    private final PostgresTools tools = PostgresTools.standard(_ -> {});

    @Test
    void findsATerminalClient() throws IOException {
        assertThat(output(tools.psql(), "--version")).startsWith("psql (PostgreSQL)");
    }

    @Test
    void theFetchedClientKnowsTls() throws IOException {
        var answer = output(
                tools.downloaded("psql"), "host=127.0.0.1 port=1 sslmode=require connect_timeout=2", "-c", "SELECT 1");
        assertThat(answer).contains("Connection refused").doesNotContain("SSL support is not compiled in");
    }

    private static String output(Path program, String... arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(program.toString());
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
