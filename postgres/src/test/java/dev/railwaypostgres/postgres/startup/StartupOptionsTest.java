package dev.railwaypostgres.postgres.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StartupOptionsTest {
    @Test
    void readsAllWaysToSetASetting() {
        var options = StartupOptions.parse("-c search_path=x  -cwork_mem=64MB\t--geqo=off --Enable-Seqscan=on");
        assertThat(options.settings())
                .containsExactly(
                        Map.entry("search_path", "x"),
                        Map.entry("work_mem", "64MB"),
                        Map.entry("geqo", "off"),
                        Map.entry("enable_seqscan", "on"));
    }

    @Test
    void takesTheCharacterBehindABackslashAsItIs() {
        var options = StartupOptions.parse("-c application_name=a\\ b\\\\c -c x=1");
        assertThat(options.settings())
                .containsEntry("application_name", "a b\\c")
                .containsEntry("x", "1");
    }

    @Test
    void readsLabelsToRouteBy() {
        var options = StartupOptions.parse("endpoint=orders-shop -c geqo=off");
        assertThat(options.labels()).containsExactly(Map.entry("endpoint", "orders-shop"));
        assertThat(options.settings()).containsOnlyKeys("geqo");
    }

    @Test
    void keepsTheRestInOrder() {
        assertThat(StartupOptions.parse("-e -c --x plain =y").others()).isEqualTo(List.of("-e", "--x", "plain", "=y"));
        assertThat(StartupOptions.parse("-c").others()).containsExactly("-c");
    }

    @Test
    void findsNothingInNothing() {
        assertThat(StartupOptions.parse(" \t ")).isEqualTo(new StartupOptions(Map.of(), Map.of(), List.of()));
    }
}
