package dev.railwaypostgres.playground.restore;

import static dev.railwaypostgres.playground.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.railwaypostgres.postgres.replication.Login;
import dev.railwaypostgres.postgres.replication.Reason;
import dev.railwaypostgres.postgres.replication.ReplicationConnection;
import dev.railwaypostgres.postgres.replication.ReplicationFailure;
import dev.railwaypostgres.postgres.replication.Server;
import dev.railwaypostgres.postgres.scram.Credentials;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@ValueSource(ints = {15, 17, 18})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchiveServerIT {
    @Parameter
    int major;

    ArchivedDatabase database;

    @TempDir
    Path folder;

    @BeforeParameterizedClassInvocation(injectArguments = false)
    void start(@TempDir Path place) throws Exception {
        database = new ArchivedDatabase(place, major);
    }

    @AfterParameterizedClassInvocation(injectArguments = false)
    void stop() {
        database.close();
    }

    @Test
    void givesBackWhatThePostgresToolsVerify() throws Exception {
        assumeThat(major)
                .as("The tool is of 18 and cannot read the control file of 17")
                .isNotEqualTo(17);
        var data = database.restore(folder.resolve("data"), "-X", "none");
        var verdict = Tool.run("pg_verifybackup", "-n", data.toString());
        assertThat(verdict.words()).contains("backup successfully verified");
    }

    @Test
    void sendsTheLogAlongsideABackup() throws Exception {
        startsAndHasAllRows(database.restore(folder.resolve("data"), "-X", "stream"));
    }

    @Test
    void putsTheLogIntoABackup() throws Exception {
        startsAndHasAllRows(database.restore(folder.resolve("data"), "-X", "fetch", "-P"));
    }

    private void startsAndHasAllRows(Path data) throws Exception {
        try (var restored = Restored.start(data, major)) {
            eventually(() -> assertThat(restored.sql("SELECT count(*) FROM item WHERE id <= 20000"))
                    .isEqualTo("20000"));
            assertThat(restored.sql("SELECT pg_is_in_recovery()")).isEqualTo("f");
        }
    }

    @Test
    void bringsADatabaseToAPositionBetweenTwoCommits() throws Exception {
        database.source.sql("CREATE TABLE IF NOT EXISTS step (id int)");
        database.source.sql("INSERT INTO step VALUES (1)");
        var target = database.source.sql("SELECT pg_current_wal_insert_lsn()");
        database.source.sql("INSERT INTO step VALUES (2)");
        database.catchUp();
        var data = database.restoreFollower(folder.resolve("data"));
        Restored.set(data, "recovery_target_lsn = '%s'".formatted(target));
        Restored.set(data, "recovery_target_action = 'promote'");
        try (var restored = Restored.start(data, major)) {
            eventually(
                    () -> assertThat(restored.sql("SELECT pg_is_in_recovery()")).isEqualTo("f"));
            assertThat(restored.sql("SELECT string_agg(id::text, ',') FROM step"))
                    .isEqualTo("1");
            database.source.sql("DROP TABLE step");
        }
    }

    @Test
    void bringsADatabaseToAnInstant() throws Exception {
        database.source.sql("CREATE TABLE IF NOT EXISTS moment (id int)");
        database.source.sql("INSERT INTO moment VALUES (1)");
        var target = database.source.sql("SELECT clock_timestamp()::text");
        database.source.sql("INSERT INTO moment VALUES (2)");
        database.catchUp();
        var data = database.restoreFollower(folder.resolve("data"));
        Restored.set(data, "recovery_target_time = '%s'".formatted(target));
        Restored.set(data, "recovery_target_action = 'promote'");
        try (var restored = Restored.start(data, major)) {
            eventually(
                    () -> assertThat(restored.sql("SELECT pg_is_in_recovery()")).isEqualTo("f"));
            assertThat(restored.sql("SELECT string_agg(id::text, ',') FROM moment"))
                    .isEqualTo("1");
            database.source.sql("DROP TABLE moment");
        }
    }

    @Test
    void refusesWhoeverDoesNotKnowThePassword() {
        var wrong = new Login("restore", new Credentials.Password("wrong"), null, "test");
        var unknown = new Login("nobody", new Credentials.Password(Tool.PASSWORD), null, "test");
        assertThat(reasonAtTheDoor(wrong)).isEqualTo(Reason.NOT_ALLOWED);
        assertThat(reasonAtTheDoor(unknown)).isEqualTo(Reason.NOT_ALLOWED);
    }

    private Reason reasonAtTheDoor(Login login) {
        try (var _ = ReplicationConnection.open(Server.at("127.0.0.1", database.server.port()), login)) {
            throw new AssertionError("It has let us in");
        } catch (ReplicationFailure.Refused e) {
            return e.reason();
        }
    }

    @Test
    void speaksTlsOnly() throws Exception {
        var tool = Tool.run(
                "pg_basebackup",
                "-D",
                folder.resolve("data").toString(),
                "-d",
                "host=127.0.0.1 port=%d user=restore sslmode=disable".formatted(database.server.port()));
        assertThat(tool.status()).isNotZero();
        assertThat(tool.words()).contains("an archive is reached by TLS only");
    }

    @Test
    void tellsAnOrdinaryClientWhatItIs() throws Exception {
        var tool = Tool.run("psql", "-d", database.address(), "-c", "SELECT 1");
        assertThat(tool.words()).contains("this is an archive").contains("pg_basebackup");
    }

    @Test
    void stopsInsteadOfGivingBackADamagedBackup() throws Exception {
        var object = database.objects.path(
                database.backup.archives().getLast().object().name());
        var copy = Files.copy(object, folder.resolve("copy"));
        try {
            damage(object);
            var tool = Tool.run(
                    "pg_basebackup",
                    "-d",
                    database.address(),
                    "-D",
                    folder.resolve("data").toString(),
                    "-X",
                    "none");
            assertThat(tool.status()).isNotZero();
            assertThat(tool.words()).contains("COPY stream ended before last file was finished");
            assertThat(folder.resolve("data")).doesNotExist();
        } finally {
            Files.copy(copy, object, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void damage(Path object) throws Exception {
        try (var file = new RandomAccessFile(object.toFile(), "rw")) {
            file.seek(file.length() - 1);
            int last = file.read();
            file.seek(file.length() - 1);
            file.write(last ^ 1);
        }
    }
}
