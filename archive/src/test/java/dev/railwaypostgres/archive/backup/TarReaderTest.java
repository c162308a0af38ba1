package dev.railwaypostgres.archive.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarReaderTest {
    private final List<String> files = new ArrayList<>();
    private final TarReader reader = new TarReader(new Collector(files));

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 512, 513, 100_000})
    void findsFilesHoweverTheStreamIsCut(int piece) throws IOException {
        var archive = archive("PG_VERSION", "17\n", "base/1/empty", "", "words", "x".repeat(513));
        for (int at = 0; at < archive.length; at += piece) {
            reader.feed(Unpooled.wrappedBuffer(archive, at, Math.min(piece, archive.length - at)));
        }
        reader.finish();
        assertThat(files).containsExactly("PG_VERSION=17\n", "base/1/empty=", "words=" + "x".repeat(513));
    }

    @Test
    void noticesThatAnArchiveBreaksOff() throws IOException {
        var archive = archive("PG_VERSION", "17\n");
        reader.feed(Unpooled.wrappedBuffer(archive, 0, archive.length - 512));
        assertThatThrownBy(reader::finish).isInstanceOf(IOException.class).hasMessageContaining("breaks off");
    }

    @Test
    void noticesADamagedHeader() {
        var archive = archive("PG_VERSION", "17\n");
        archive[3] ^= 1;
        assertThatThrownBy(() -> reader.feed(Unpooled.wrappedBuffer(archive)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("checksum");
    }

    @Test
    void readsSizesAboveEightGigabytes() throws IOException {
        var header = header("big", 0);
        header[124] = (byte) 0x80;
        for (int i = 125; i < 136; i++) {
            header[i] = 0;
        }
        header[131] = 3;
        seal(header);
        assertThat(TarMember.parse(header).size()).isEqualTo(3L << 32);
    }

    static byte[] archive(String... namesAndContents) {
        var out = new ByteArrayOutputStream();
        for (int i = 0; i < namesAndContents.length; i += 2) {
            var content = namesAndContents[i + 1].getBytes(StandardCharsets.UTF_8);
            out.writeBytes(header(namesAndContents[i], content.length));
            out.writeBytes(content);
            out.writeBytes(new byte[-content.length & 511]);
        }
        out.writeBytes(new byte[1024]);
        return out.toByteArray();
    }

    private static byte[] header(String name, int size) {
        var header = new byte[512];
        put(header, 0, name);
        put(header, 124, "%011o".formatted(size));
        put(header, 156, "0");
        seal(header);
        return header;
    }

    private static void seal(byte[] header) {
        put(header, 148, "        ");
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xFF;
        }
        put(header, 148, "%06o".formatted(sum));
    }

    private static void put(byte[] header, int at, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    private static final class Collector implements TarReader.Sink {
        private final List<String> files;
        private final StringBuilder file = new StringBuilder();

        Collector(List<String> files) {
            this.files = files;
        }

        @Override
        public void begin(TarMember member) {
            file.setLength(0);
            file.append(member.name()).append('=');
        }

        @Override
        public void content(ByteBuf content) {
            file.append(content.toString(StandardCharsets.UTF_8));
        }

        @Override
        public void end() {
            files.add(file.toString());
        }
    }
}
