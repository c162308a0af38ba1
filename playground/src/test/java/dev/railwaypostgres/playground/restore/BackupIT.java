package dev.railwaypostgres.playground.restore;

import static dev.railwaypostgres.playground.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.railwaypostgres.archive.backup.Backup;
import dev.railwaypostgres.archive.backup.BackupId;
import dev.railwaypostgres.archive.backup.BackupOutcome;
import dev.railwaypostgres.archive.backup.BackupProgress;
import dev.railwaypostgres.archive.backup.BackupRecord;
import dev.railwaypostgres.archive.backup.BackupTaker;
import dev.railwaypostgres.playground.replication.Source;
import dev.railwaypostgres.postgres.replication.BackupOptions;
import dev.railwaypostgres.postgres.replication.ReplicationConnection;
import dev.railwaypostgres.postgres.replication.ReplicationFailure;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@ValueSource(ints = {15, 18})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BackupIT {
    private static final BackupId ID = new BackupId("b1");

    @Parameter
    int major;

    @TempDir
    Path bucket;

    Source source;

    @BeforeParameterizedClassInvocation(injectArguments = false)
    void start(@TempDir Path folder) throws Exception {
        source = Source.start(folder, major);
        eventually(() -> source.sql("CREATE TABLE IF NOT EXISTS item (id int, words text)"));
        source.sql("INSERT INTO item SELECT n, md5(n::text) FROM generate_series(1, 100000) n");
    }

    @AfterParameterizedClassInvocation(injectArguments = false)
    void stop() {
        source.close();
    }

    @Test
    void isWholeAndSaysSoItself() throws Exception {
        var record = sound(take(_ -> {}));
        assertThat(record.stop().position()).isGreaterThan(record.start().position());
        assertThat(record.server().major()).isEqualTo(major);
        assertThat(record.storedSize()).isLessThan(record.size() / 2);
        assertThat(record.files()).isGreaterThan(900);
    }

    @Test
    void isNoneBeforeItIsCommitted() throws Exception {
        var objects = new FolderObjects(bucket);
        var record = sound(take(_ -> {}));
        assertThatThrownBy(() -> Backup.open(objects, ID)).isInstanceOf(IOException.class);
        try (var taker = taker()) {
            taker.commit(record);
        }
        assertThat(Backup.open(objects, ID).record()).isEqualTo(record);
    }

    @Test
    void copiesWhatIsMadeAndDroppedMeanwhile() throws Exception {
        var rounds = new AtomicInteger();
        var restless = Thread.startVirtualThread(() -> makeAndDrop(rounds));
        eventually(() -> assertThat(rounds).hasPositiveValue());
        var record = sound(take(_ -> {}));
        restless.interrupt();
        restless.join();
        assertThat(record.files()).isGreaterThan(900);
    }

    private void makeAndDrop(AtomicInteger rounds) {
        try {
            for (int i = 0; !Thread.interrupted(); i = rounds.incrementAndGet()) {
                source.sql("CREATE TABLE restless_%d AS SELECT n FROM generate_series(1, 1000) n".formatted(i));
                source.sql("UPDATE item SET words = words || 'x' WHERE id %% 100 = %d".formatted(i % 100));
                source.sql("DROP TABLE restless_%d".formatted(i));
            }
        } catch (Exception _) {
            // Interrupted in the middle of a statement.
        }
    }

    @Test
    void isNoneWhenItIsCutOff() throws Exception {
        var connections = new ArrayList<ReplicationConnection>();
        assertThatThrownBy(
                        () -> takeOver(connections, _ -> connections.getFirst().close()))
                .isInstanceOf(ReplicationFailure.Lost.class);
        try (Stream<Path> files = Files.walk(bucket)) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
    }

    private void takeOver(List<ReplicationConnection> connections, Consumer<BackupProgress> watcher)
            throws IOException {
        try (var taker = taker();
                var connection = source.connect()) {
            connections.add(connection);
            // So slow that progress is told before all is there.
            taker.take(connection, ID, BackupOptions.labelled("slow").limitedTo(4096), watcher);
        }
    }

    @Test
    void isDamagedWhenAPageIs() throws Exception {
        source.sql("CREATE TABLE frail AS SELECT n FROM generate_series(1, 1000) n");
        source.sql("CHECKPOINT");
        var file = source.data().resolve(source.sql("SELECT pg_relation_filepath('frail')"));
        flip(file, 8192 + 5000);
        try {
            assertThat(take(_ -> {})).isInstanceOf(BackupOutcome.Damaged.class);
            assertThatThrownBy(() -> Backup.open(new FolderObjects(bucket), ID)).isInstanceOf(IOException.class);
        } finally {
            flip(file, 8192 + 5000);
            source.sql("DROP TABLE frail");
        }
    }

    private static void flip(Path file, long at) throws IOException {
        try (var page = new RandomAccessFile(file.toFile(), "rw")) {
            page.seek(at);
            int old = page.read();
            page.seek(at);
            page.write(old ^ 1);
        }
    }

    private BackupOutcome take(Consumer<BackupProgress> watcher) throws IOException {
        try (var taker = taker();
                var connection = source.connect()) {
            return taker.take(connection, ID, BackupOptions.labelled("test"), watcher);
        }
    }

    private BackupTaker taker() {
        return new BackupTaker(new FolderObjects(bucket), 1, Clock.systemUTC());
    }

    private static BackupRecord sound(BackupOutcome outcome) {
        assertThat(outcome).isInstanceOf(BackupOutcome.Sound.class);
        return ((BackupOutcome.Sound) outcome).record();
    }
}
