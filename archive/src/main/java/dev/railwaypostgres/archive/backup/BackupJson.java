package dev.railwaypostgres.archive.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import dev.railwaypostgres.postgres.Lsn;
import dev.railwaypostgres.postgres.SystemIdentifier;
import dev.railwaypostgres.postgres.Timeline;
import java.io.IOException;
import java.time.Instant;
import java.util.function.Function;

/** {@code backup.json}: positions, times and identifiers are text, as Postgres and people write them. */
final class BackupJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(texts())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private BackupJson() {}

    static byte[] write(BackupRecord record) throws JsonProcessingException {
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(record);
    }

    static BackupRecord read(byte[] json) throws IOException {
        return MAPPER.readValue(json, BackupRecord.class);
    }

    private static SimpleModule texts() {
        var module = new SimpleModule();
        text(module, Lsn.class, Lsn::parse);
        text(module, Timeline.class, Timeline::parse);
        text(module, SystemIdentifier.class, SystemIdentifier::parse);
        text(module, Instant.class, Instant::parse);
        text(module, BackupId.class, BackupId::new);
        return module;
    }

    private static <T> void text(SimpleModule module, Class<T> type, Function<String, T> parse) {
        module.addSerializer(type, ToStringSerializer.instance);
        module.addDeserializer(type, new Text<>(type, parse));
    }

    private static final class Text<T> extends FromStringDeserializer<T> {
        private final transient Function<String, T> parse;

        Text(Class<T> type, Function<String, T> parse) {
            super(type);
            this.parse = parse;
        }

        @Override
        protected T _deserialize(String text, DeserializationContext context) {
            return parse.apply(text);
        }
    }
}
