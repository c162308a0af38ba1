package dev.railwaypostgres.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.railwaypostgres.operator.failure.Refusal;
import dev.railwaypostgres.operator.status.Reason;
import dev.railwaypostgres.railway.RailwayToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenFileTest {
    private static final RailwayToken.Kind KIND = RailwayToken.Kind.WORKSPACE;

    @Test
    void readsTheTokenAnewWhenTheFileChanges(@TempDir Path folder) throws IOException {
        var path = Files.writeString(folder.resolve("token"), "first\n");
        Files.setLastModifiedTime(path, FileTime.from(Instant.parse("2026-11-24T06:00:00Z")));
        var file = new TokenFile(path, KIND);
        assertThat(file.token()).isEqualTo(new RailwayToken(KIND, "first"));

        Files.writeString(path, "second\n");

        assertThat(file.token()).isEqualTo(new RailwayToken(KIND, "second"));
    }

    @Test
    void refusesDatabasesWhileThereIsNoFile(@TempDir Path folder) {
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> new TokenFile(folder.resolve("token"), KIND).token())
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.TOKEN_MISSING));
    }

    @Test
    void refusesDatabasesWhileTheFileIsEmpty(@TempDir Path folder) throws IOException {
        var path = Files.writeString(folder.resolve("token"), "\n");

        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> new TokenFile(path, KIND).token());
    }
}
