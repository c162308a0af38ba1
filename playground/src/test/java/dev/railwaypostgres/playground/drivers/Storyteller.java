package dev.railwaypostgres.playground.drivers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.railwaypostgres.playground.binaries.ProcessNursery;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Runs a driver's program through its steps. After each the program says a line and waits for one, which is when the database is put to
 * sleep and wakes are counted.
 */
final class Storyteller {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Executor READERS = Executors.newVirtualThreadPerTaskExecutor();
    private static final long STEP_SECONDS = 30;
    private static final int TAIL = 600;

    private final DriverScene scene;
    private final Driver driver;
    private final Process process;
    private final BufferedReader lines;
    private final Path errors;

    Storyteller(DriverScene scene, Driver driver, ProcessBuilder program, Path errors, ProcessNursery nursery) {
        this.scene = scene;
        this.driver = driver;
        this.errors = errors;
        process = nursery.start(program.redirectError(errors.toFile()));
        lines = process.inputReader(StandardCharsets.UTF_8);
    }

    /** What the program did, in full length: what it did not come to has failed. */
    List<Report> tell() throws Exception {
        var reports = new ArrayList<Report>();
        for (var step : Step.values()) {
            reports.add(step(step));
        }
        return reports;
    }

    private Report step(Step step) throws Exception {
        if (step.findsDatabaseAsleep()) {
            scene.sleep();
            scene.startsIn(step.startTime());
        }
        if (step != Step.OPEN) {
            goOn();
        }
        var report = counted(heard(step));
        scene.seenAwake();
        return report;
    }

    private void goOn() {
        try {
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
        } catch (IOException _) {
            // The program has ended, which is what will be heard of it.
        }
    }

    private Report heard(Step step) throws Exception {
        var line = line();
        if (line == null) {
            return new Report(step, Report.Outcome.FAILS, "the program has nothing more to say: " + tail());
        }
        var told = parse(line);
        if (!told.path("name").asText().equals(step.text())) {
            return new Report(step, Report.Outcome.FAILS, "the program said instead: " + line);
        }
        var ok = told.path("ok");
        var outcome = ok.isNull() ? Report.Outcome.LACKS : ok.asBoolean() ? Report.Outcome.WORKS : Report.Outcome.FAILS;
        return new Report(step, outcome, told.path("detail").asText());
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException _) {
            return JSON.missingNode();
        }
    }

    private @Nullable String line() throws Exception {
        var next = CompletableFuture.supplyAsync(this::read, READERS);
        try {
            return next.get(STEP_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            process.destroyForcibly();
            return null;
        }
    }

    private @Nullable String read() {
        try {
            return lines.readLine();
        } catch (IOException e) {
            return null;
        }
    }

    private Report counted(Report report) {
        if (report.outcome() == Report.Outcome.FAILS) {
            return report;
        }
        return scene.complaint(driver, report.step())
                .map(complaint -> new Report(report.step(), Report.Outcome.FAILS, complaint + "; " + report.detail()))
                .orElse(report);
    }

    private String tail() throws IOException {
        var said = Files.readString(errors).strip();
        return said.substring(Math.max(0, said.length() - TAIL));
    }

    /** Its connections end with it. */
    void end() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
