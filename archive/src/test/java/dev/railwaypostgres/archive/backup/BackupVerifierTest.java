package dev.railwaypostgres.archive.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.postgres.Lsn;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BackupVerifierTest {
    private final BackupVerifier verifier = new BackupVerifier(new Lsn(100), false);

    @BeforeEach
    void feed() throws Exception {
        var archive = verifier.archive("pg_tblspc/16400/");
        archive.feed(Unpooled.wrappedBuffer(TarReaderTest.archive("a", "one", "b", "two")));
        archive.finish();
    }

    @Test
    void findsNothingWrongWithWhatTheManifestLists() {
        assertThat(verifier.problems(manifest(Map.of("a", sum("one"), "b", sum("two")))))
                .isEmpty();
    }

    @Test
    void namesWhatIsMissing() {
        var files = Map.of("a", sum("one"), "b", sum("two"), "c", sum(""));
        assertThat(verifier.problems(manifest(files))).containsExactly("pg_tblspc/16400/c is missing");
    }

    @Test
    void namesWhatIsTooMuch() {
        assertThat(verifier.problems(manifest(Map.of("a", sum("one")))))
                .containsExactly("pg_tblspc/16400/b is not in the manifest");
    }

    @Test
    void namesWhatIsOtherThanItWasRead() {
        assertThat(verifier.problems(manifest(Map.of("a", sum("eno"), "b", sum("twofold")))))
                .containsExactlyInAnyOrder(
                        "pg_tblspc/16400/a has another checksum than in the manifest",
                        "pg_tblspc/16400/b has 3 bytes, not 7");
    }

    private static BackupManifest manifest(Map<String, FileSum> files) {
        var prefixed = new HashMap<String, FileSum>();
        files.forEach((path, sum) -> prefixed.put("pg_tblspc/16400/" + path, sum));
        return new BackupManifest(prefixed);
    }

    private static FileSum sum(String content) {
        var crc = new CRC32C();
        crc.update(content.getBytes(StandardCharsets.UTF_8));
        return new FileSum(content.length(), (int) crc.getValue());
    }
}
