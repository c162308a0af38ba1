package dev.railwaypostgres.proxy.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.railwaypostgres.postgres.scram.ScramVerifier;
import dev.railwaypostgres.sleep.compute.RoleAttributes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoleStoreTest {
    private static final KeptRoles ROLES = new KeptRoles(
            Map.of("app", ScramVerifier.ofPassword("secret").encoded()),
            Map.of("app", new RoleAttributes(true, "2031-02-03T04:05:06Z", false)),
            Map.of("server_version", "17.5"),
            "7");

    @TempDir
    private Path folder;

    @Test
    void knowsAgainWhatAnotherProcessHasKept() throws Exception {
        RoleStore.in(folder).save("orders", ROLES);

        assertThat(RoleStore.in(folder).load("orders")).contains(ROLES);
        assertThat(RoleStore.in(folder).load("others")).isEmpty();
    }

    @Test
    void letsNobodyElseReadIt() throws Exception {
        RoleStore.in(folder).save("orders", ROLES);

        try (var files = Files.list(folder)) {
            assertThat(files.toList())
                    .singleElement()
                    .satisfies(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void keepsInMemoryOnlyWithoutAFolder() throws Exception {
        var store = RoleStore.in(null);
        store.save("orders", ROLES);

        assertThat(store.load("orders")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{}",
                "{\"roles\": {\"app\": \"md5abc\"}, \"attributes\": {}, \"parameters\": {}, \"systemIdentifier\": \"7\"}"
            })
    void takesWhatCannotBeReadForNotKept(String content) throws Exception {
        var store = RoleStore.in(folder);
        Files.writeString(folder.resolve("orders.roles.json"), content);

        assertThat(store.load("orders")).isEmpty();
    }

    @Test
    void refusesAFolderThatCannotBeOne() throws Exception {
        var file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> RoleStore.in(file.resolve("below"))).isInstanceOf(IOException.class);
    }

    @Test
    void neverShowsAVerifier() {
        assertThat(ROLES.toString()).contains("app").doesNotContain("SCRAM");
    }
}
