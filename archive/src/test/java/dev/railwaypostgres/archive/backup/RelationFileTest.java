package dev.railwaypostgres.archive.backup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RelationFileTest {
    @ParameterizedTest
    @CsvSource({
        "global/1262, 0",
        "base/5/16384, 0",
        "base/5/16384_fsm, 0",
        "base/5/16384.2, 262144",
        "base/5/16384_vm.1, 131072",
        "PG_17_202406281/5/16401.1, 131072"
    })
    void knowsWhereInItsRelationAFileBegins(String path, long block) {
        assertThat(RelationFile.of(path).orElseThrow().firstBlock()).isEqualTo(block);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"PG_VERSION", "global/pg_control", "base/5/pg_filenode.map", "pg_xact/0000", "backup_label"})
    void knowsThatOthersHaveNoPages(String path) {
        assertThat(RelationFile.of(path)).isEmpty();
    }
}
