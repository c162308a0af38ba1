package dev.railwaypostgres.archive.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdInputStream;
import dev.railwaypostgres.archive.backup.BackupRecord.Archive;
import dev.railwaypostgres.archive.backup.BackupRecord.Point;
import dev.railwaypostgres.archive.server.ArchiveServer;
import dev.railwaypostgres.archive.server.FreshCertificate;
import dev.railwaypostgres.archive.server.MemoryLog;
import dev.railwaypostgres.archive.server.ServedDatabase;
import dev.railwaypostgres.archive.server.ServedRole;
import dev.railwaypostgres.archive.server.ServerTls;
import dev.railwaypostgres.postgres.Lsn;
import dev.railwaypostgres.postgres.SystemIdentifier;
import dev.railwaypostgres.postgres.Timeline;
import dev.railwaypostgres.postgres.replication.BackupOptions;
import dev.railwaypostgres.postgres.replication.Login;
import dev.railwaypostgres.postgres.replication.ReplicationConnection;
import dev.railwaypostgres.postgres.replication.Server;
import dev.railwaypostgres.postgres.scram.Credentials;
import dev.railwaypostgres.postgres.scram.ScramVerifier;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.CRC32C;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Backups taken from an archive server: it speaks like the database once did, so what is stored is copied as it was taken.
 */
@Timeout(30)
class BackupTakerTest {
    private static final ServerFacts FACTS =
            new ServerFacts(SystemIdentifier.parse("7300000000000000001"), 170011, "17.11", 16 << 20, false);
    private static final Instant TIME = Instant.parse("2026-11-24T10:11:12Z");
    private static final Point START = new Point(Lsn.parse("0/3000028"), Timeline.FIRST, TIME);
    private static final Point STOP = new Point(Lsn.parse("0/4000100"), Timeline.FIRST, TIME);
    private static final BackupId ID = new BackupId("first");
    private static final byte[] DATA = TarReaderTest.archive("PG_VERSION", "17\n", "backup_label", "x".repeat(5000));
    private static final byte[] SPACE = TarReaderTest.archive("PG_17_202406281/5/16401", "");

    private static ServerTls tls;

    private final ExecutorService compressors = Executors.newFixedThreadPool(2);
    private final MemoryObjects stored = new MemoryObjects();
    private final MemoryObjects copied = new MemoryObjects();
    private final BackupTaker taker = new BackupTaker(copied, 1, Clock.systemUTC());

    @BeforeAll
    static void makeCertificate() throws Exception {
        tls = FreshCertificate.make();
    }

    @AfterEach
    void stop() {
        compressors.shutdownNow();
        taker.close();
    }

    @Test
    void storesByteForByteWhatTheServerSends() throws Exception {
        var record = sound(take(manifest(Map.of()), BackupOptions.labelled("copy")));
        taker.commit(record);
        var backup = Backup.open(copied, record.id());
        assertThat(backup.record()).isEqualTo(record);
        assertThat(record.archives()).extracting(Archive::name).containsExactly("16400.tar", "base.tar");
        assertThat(record.archives()).extracting(Archive::location).containsExactly("/elsewhere", "");
        assertThat(bytes(backup.archive(record.archives().getFirst()))).isEqualTo(SPACE);
        assertThat(bytes(backup.archive(record.archives().getLast()))).isEqualTo(DATA);
        assertThat(bytes(backup.manifest())).isEqualTo(manifest(Map.of()));
        assertThat(record.files()).isEqualTo(3);
    }

    @Test
    void isNoBackupBeforeItIsCommitted() throws Exception {
        var record = sound(take(manifest(Map.of()), BackupOptions.labelled("copy")));
        assertThatThrownBy(() -> Backup.open(copied, record.id())).isInstanceOf(IOException.class);
    }

    @Test
    void isDamagedWhenItIsNotWhatTheManifestSays() throws Exception {
        var outcome = take(manifest(Map.of("PG_VERSION", "18\n")), BackupOptions.labelled("copy"));
        assertThat(outcome)
                .isEqualTo(new BackupOutcome.Damaged(
                        new BackupId("copy"), List.of("PG_VERSION has another checksum than in the manifest")));
        assertThat(copied.objects)
                .containsKey("backups/copy/damaged.txt")
                .doesNotContainKey("backups/copy/backup.json");
    }

    @Test
    void isNotTakenWithADamagedManifest() throws Exception {
        var manifest = manifest(Map.of());
        manifest[40] ^= 1;
        assertThatThrownBy(() -> take(manifest, BackupOptions.labelled("copy"))).isInstanceOf(IOException.class);
    }

    @Test
    void holdsTheLogWhenThatIsAskedFor() throws Exception {
        try (var server = serve(manifest(Map.of()));
                var connection = connect(server)) {
            var log = new HashMap<String, Integer>();
            var outcome = taker.take(
                    connection,
                    new BackupId("copy"),
                    BackupOptions.labelled("copy").withWal(true),
                    _ -> {});
            assertThat(outcome).isInstanceOf(BackupOutcome.Damaged.class);
            try (var object = copied.read("backups/copy/base.tar.zst");
                    var tar = new TarArchiveInputStream(new ZstdInputStream(object))) {
                for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    log.put(entry.getName(), tar.readAllBytes().length);
                }
            }
            assertThat(log)
                    .containsEntry("pg_wal/000000010000000000000003", 16 << 20)
                    .containsEntry("pg_wal/000000010000000000000004", 16 << 20)
                    .containsEntry("pg_wal/archive_status/000000010000000000000004.done", 0)
                    .containsEntry("PG_VERSION", 3)
                    .hasSize(6);
        }
    }

    private BackupOutcome take(byte[] manifest, BackupOptions options) throws Exception {
        try (var server = serve(manifest);
                var connection = connect(server)) {
            return taker.take(connection, new BackupId("copy"), options, _ -> {});
        }
    }

    private ArchiveServer serve(byte[] manifest) throws Exception {
        var archives = List.of(
                new Archive("16400.tar", "/elsewhere", store("16400.tar", SPACE)),
                new Archive("base.tar", "", store("base.tar", DATA)));
        var record = new BackupRecord(ID, FACTS, START, STOP, archives, store("manifest", manifest), 3);
        stored.put(ID.object("backup.json"), BackupJson.write(record));
        var role = new ServedRole(
                "restore", ScramVerifier.ofPassword("secret"), Instant.now().plusSeconds(60));
        var database = new ServedDatabase(FACTS, Backup.open(stored, ID), new MemoryLog(STOP.position()));
        return ArchiveServer.start(0, tls, role, database, Clock.systemUTC());
    }

    private static ReplicationConnection connect(ArchiveServer server) {
        var login = new Login("restore", new Credentials.Password("secret"), null, "test");
        return ReplicationConnection.open(Server.at("127.0.0.1", server.port()), login);
    }

    private StoredObject store(String name, byte[] content) throws IOException {
        var object = ID.object(name + ".zst");
        var writer = new CompressedWriter(new PartWriter(stored.begin(object)), compressors, 1);
        writer.write(Unpooled.wrappedBuffer(content));
        return writer.complete(object);
    }

    /** @param other what it says about files instead of the truth */
    private static byte[] manifest(Map<String, String> other) {
        var files = new HashMap<>(Map.of(
                "PG_VERSION", "17\n", "backup_label", "x".repeat(5000), "pg_tblspc/16400/PG_17_202406281/5/16401", ""));
        files.putAll(other);
        var text = new StringBuilder("{ \"PostgreSQL-Backup-Manifest-Version\": 1,\n\"Files\": [\n");
        files.forEach((path, content) -> text.append(
                "{ \"Path\": \"%s\", \"Size\": %d, \"Checksum-Algorithm\": \"CRC32C\", \"Checksum\": \"%08x\" },\n"
                        .formatted(path, content.length(), Integer.reverseBytes(crc(content)))));
        text.setLength(text.length() - 2);
        text.append("\n],\n");
        var hash = Sha256.digest().digest(text.toString().getBytes(StandardCharsets.UTF_8));
        return text.append("\"Manifest-Checksum\": \"%s\"}\n"
                        .formatted(HexFormat.of().formatHex(hash)))
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    private static int crc(String content) {
        var crc = new CRC32C();
        crc.update(content.getBytes(StandardCharsets.UTF_8));
        return (int) crc.getValue();
    }

    private static byte[] bytes(InputStream content) throws IOException {
        try (content) {
            return content.readAllBytes();
        }
    }

    private static BackupRecord sound(BackupOutcome outcome) {
        assertThat(outcome).isInstanceOf(BackupOutcome.Sound.class);
        return ((BackupOutcome.Sound) outcome).record();
    }
}
