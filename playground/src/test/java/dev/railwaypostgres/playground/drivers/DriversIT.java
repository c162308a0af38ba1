package dev.railwaypostgres.playground.drivers;

import static org.assertj.core.api.SoftAssertions.assertSoftly;

import dev.railwaypostgres.playground.binaries.ProcessNursery;
import dev.railwaypostgres.playground.binaries.UserCache;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.opentest4j.TestAbortedException;

/** Drivers as their users have them, with a pool, before a database that falls asleep three times. Two are tried at a time. */
class DriversIT {
    private static final int AT_A_TIME = 2;
    private static final Installation INSTALLATION = new Installation(UserCache.standard(), System.out::println);
    private static final ProcessNursery NURSERY = new ProcessNursery();
    private static final BlockingQueue<DriverScene> SCENES = new LinkedBlockingQueue<>();
    private static final Map<Driver, Future<List<Report>>> TOLD = new EnumMap<>(Driver.class);
    private static final ExecutorService THREADS = Executors.newFixedThreadPool(AT_A_TIME);

    @TempDir
    private static Path folder;

    @BeforeAll
    static void start() throws Exception {
        for (int scene = 0; scene < AT_A_TIME; scene++) {
            SCENES.add(new DriverScene(Files.createDirectory(folder.resolve("scene-" + scene))));
        }
        SCENES.element().assumePossible();
        for (var driver : Driver.values()) {
            TOLD.put(driver, THREADS.submit(() -> tell(driver)));
        }
    }

    @AfterAll
    static void end() throws Exception {
        THREADS.shutdownNow();
        for (var scene : SCENES) {
            scene.end();
        }
        NURSERY.close();
    }

    @ParameterizedTest
    @EnumSource
    void keepsItsPoolThroughTheSleepOfTheDatabase(Driver driver) throws Exception {
        var reports = told(driver);
        assertSoftly(softly -> reports.forEach(report -> compare(softly, driver, report)));
    }

    /** What a machine lacks is a reason to skip the driver. */
    private static List<Report> told(Driver driver) throws Exception {
        try {
            return Objects.requireNonNull(TOLD.get(driver)).get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof TestAbortedException skip ? skip : e;
        }
    }

    private static List<Report> tell(Driver driver) throws Exception {
        var programs = INSTALLATION.of(driver.language());
        var scene = SCENES.take();
        try {
            scene.sleep();
            var program = scene.inside(driver.language().run(driver.text())).directory(programs.toFile());
            return tell(new Storyteller(scene, driver, program, folder.resolve(driver + ".log"), NURSERY));
        } finally {
            SCENES.add(scene);
        }
    }

    private static List<Report> tell(Storyteller storyteller) throws Exception {
        try {
            return storyteller.tell();
        } finally {
            storyteller.end();
        }
    }

    private static void compare(SoftAssertions softly, Driver driver, Report report) {
        softly.assertThat(report.outcome())
                .as("%s, %s: %s", driver.text(), report.step().text(), report.detail())
                .isEqualTo(driver.expected(report.step()));
    }
}
