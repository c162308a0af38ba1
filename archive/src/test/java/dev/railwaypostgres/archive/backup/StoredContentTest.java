package dev.railwaypostgres.archive.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdInputStream;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredContentTest {
    private final ExecutorService compressors = Executors.newFixedThreadPool(2);
    private final MemoryObject object = new MemoryObject();

    @AfterEach
    void stop() {
        compressors.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, CompressedWriter.FRAME - 1, CompressedWriter.FRAME, 5 * CompressedWriter.FRAME + 1})
    void comesBackAsItWas(int length) throws IOException {
        var content = content(length);
        var stored = store(content);
        assertThat(stored.size()).isEqualTo(length);
        assertThat(read(stored)).isEqualTo(content);
    }

    @Test
    void isCutIntoEqualPartsButForTheLast() throws IOException {
        store(content(40 << 20));
        assertThat(object.parts).hasSize(3);
        assertThat(object.parts.get(0)).hasSize(BackupObjects.PartedObject.PART);
        assertThat(object.parts.get(1)).hasSize(BackupObjects.PartedObject.PART);
    }

    @Test
    void isNotGivenBackWhenItIsDamaged() throws IOException {
        var stored = store(content(100_000));
        object.parts.getLast()[object.parts.getLast().length - 1] ^= 1;
        assertThatThrownBy(() -> read(stored)).isInstanceOf(IOException.class);
    }

    @Test
    void isNotGivenBackWhenItIsCutBetweenTwoFrames() throws IOException {
        var stored = store(content(2 * CompressedWriter.FRAME));
        var first = object.content();
        var half = Arrays.copyOf(first, (int) Zstd.findFrameCompressedSize(first));
        object.parts.clear();
        object.parts.add(half);
        assertThatThrownBy(() -> read(stored)).isInstanceOf(IOException.class).hasMessageContaining("damaged");
    }

    private StoredObject store(byte[] content) throws IOException {
        var writer = new CompressedWriter(new PartWriter(object), compressors, 1);
        for (int at = 0; at < content.length; at += 100_000) {
            writer.write(Unpooled.wrappedBuffer(content, at, Math.min(100_000, content.length - at)));
        }
        return writer.complete("object");
    }

    private byte[] read(StoredObject stored) throws IOException {
        try (var in = new ZstdInputStream(new SealedInput(stored, new ByteArrayInputStream(object.content())))) {
            return in.readAllBytes();
        }
    }

    /** Not to be compressed much. */
    private static byte[] content(int length) {
        var content = new byte[length];
        new Random(7).nextBytes(content);
        return content;
    }

    private static final class MemoryObject implements BackupObjects.PartedObject {
        private final List<byte[]> parts = new ArrayList<>();

        @Override
        public void add(byte[] part) {
            parts.add(part);
        }

        @Override
        public void complete() {}

        @Override
        public void abort() {}

        byte[] content() {
            var content = new ByteArrayOutputStream();
            parts.forEach(content::writeBytes);
            return content.toByteArray();
        }
    }
}
