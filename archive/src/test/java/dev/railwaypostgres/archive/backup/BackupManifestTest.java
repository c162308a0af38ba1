package dev.railwaypostgres.archive.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BackupManifestTest {
    private static final String FILES = """
        { "PostgreSQL-Backup-Manifest-Version": 1,
        "Files": [
        { "Path": "PG_VERSION", "Size": 3, "Last-Modified": "2026-11-20 10:00:00 GMT", "Checksum-Algorithm": "CRC32C", "Checksum": "64440205" },
        { "Encoded-Path": "c3a4", "Size": 0, "Last-Modified": "2026-11-20 10:00:00 GMT", "Checksum-Algorithm": "CRC32C", "Checksum": "00000000" }
        ],
        "WAL-Ranges": [
        { "Timeline": 1, "Start-LSN": "0/2000028", "End-LSN": "0/2000100" }
        ],
        """;

    @Test
    void readsPathsSizesAndChecksums() throws IOException {
        var manifest = BackupManifest.parse(sealed(FILES));
        assertThat(manifest.files())
                .isEqualTo(Map.of("PG_VERSION", new FileSum(3, 0x05024464), "ä", new FileSum(0, 0)));
    }

    @Test
    void refusesAManifestThatWasChanged() {
        var text = new String(sealed(FILES), StandardCharsets.UTF_8).replace("\"Size\": 3", "\"Size\": 4");
        assertThatThrownBy(() -> BackupManifest.parse(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("its own checksum");
    }

    @Test
    void refusesOtherChecksumsThanThoseThatAreCompared() {
        assertThatThrownBy(() -> BackupManifest.parse(sealed(FILES.replace("CRC32C", "SHA224"))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("PG_VERSION");
    }

    private static byte[] sealed(String text) {
        var hash = HexFormat.of().formatHex(Sha256.digest().digest(text.getBytes(StandardCharsets.UTF_8)));
        return (text + "\"Manifest-Checksum\": \"" + hash + "\"}\n").getBytes(StandardCharsets.UTF_8);
    }
}
