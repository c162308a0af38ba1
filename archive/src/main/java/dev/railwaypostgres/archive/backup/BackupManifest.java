package dev.railwaypostgres.archive.backup;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The list of a backup's files that the server sends at its end: JSON, whose last line is a hash of all before. */
record BackupManifest(Map<String, FileSum> files) {
    private static final JsonFactory JSON = new JsonFactory();
    private static final byte[] SEAL = "\"Manifest-Checksum\"".getBytes(StandardCharsets.US_ASCII);

    BackupManifest {
        files = Map.copyOf(files);
    }

    /**
     * @throws IOException when it is damaged, or has other checksums than those that we ask for
     */
    static BackupManifest parse(byte[] text) throws IOException {
        var files = new HashMap<String, FileSum>();
        var seal = "";
        try (var json = JSON.createParser(text)) {
            for (var token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.START_ARRAY && "Files".equals(json.currentName())) {
                    readFiles(json, files);
                } else if (token == JsonToken.VALUE_STRING && "Manifest-Checksum".equals(json.currentName())) {
                    seal = json.getText();
                }
            }
        }
        if (!seal.equals(sealOf(text))) {
            throw new IOException("the manifest does not fit its own checksum");
        }
        return new BackupManifest(files);
    }

    private static void readFiles(JsonParser json, Map<String, FileSum> files) throws IOException {
        while (json.nextToken() == JsonToken.START_OBJECT) {
            var file = new Entry();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                var name = json.currentName();
                json.nextToken();
                file.read(name, json);
            }
            files.put(file.path(), new FileSum(file.size, file.crc32c()));
        }
    }

    /** The hash goes up to the end of the line before it. */
    private static String sealOf(byte[] text) {
        int at = lastIndexOf(text, SEAL);
        var hash = Sha256.digest();
        hash.update(text, 0, Math.max(at, 0));
        return HexFormat.of().formatHex(hash.digest());
    }

    private static int lastIndexOf(byte[] text, byte[] word) {
        for (int at = text.length - word.length; at >= 0; at--) {
            if (Arrays.equals(text, at, at + word.length, word, 0, word.length)) {
                return at;
            }
        }
        return -1;
    }

    /** One file while its fields are read. */
    private static final class Entry {
        private @Nullable String path;
        private long size;
        private @Nullable String algorithm;
        private @Nullable String checksum;

        void read(String name, JsonParser json) throws IOException {
            switch (name) {
                case "Path" -> path = json.getText();
                case "Encoded-Path" ->
                    path = new String(HexFormat.of().parseHex(json.getText()), StandardCharsets.UTF_8);
                case "Size" -> size = json.getLongValue();
                case "Checksum-Algorithm" -> algorithm = json.getText();
                case "Checksum" -> checksum = json.getText();
                default -> {}
            }
        }

        String path() throws IOException {
            if (path == null) {
                throw new IOException("the manifest has a file without a path");
            }
            return path;
        }

        /** Postgres prints it with the lowest byte first. */
        int crc32c() throws IOException {
            if (!"CRC32C".equals(algorithm) || checksum == null || checksum.length() != 2 * Integer.BYTES) {
                throw new IOException("the manifest has no CRC32C of " + path);
            }
            return Integer.reverseBytes(HexFormat.fromHexDigits(checksum));
        }
    }
}
