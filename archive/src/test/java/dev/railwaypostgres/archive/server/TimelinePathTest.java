package dev.railwaypostgres.archive.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.railwaypostgres.archive.server.TimelinePath.Fork;
import dev.railwaypostgres.postgres.Lsn;
import dev.railwaypostgres.postgres.Timeline;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class TimelinePathTest {
    @Test
    void knowsWhereEachAncestorWasLeft() throws IOException {
        var path = TimelinePath.parse(
                new Timeline(5), "1\t0/48068438\tno recovery target specified\n\n# a note\n3\t1/0\tbefore a storm\n");
        assertThat(path.forkOf(new Timeline(1)))
                .contains(new Fork(new Timeline(1), Lsn.parse("0/48068438"), new Timeline(3)));
        assertThat(path.forkOf(new Timeline(3))).contains(new Fork(new Timeline(3), Lsn.parse("1/0"), new Timeline(5)));
        assertThat(path.forkOf(new Timeline(5))).isEmpty();
        assertThat(path.contains(new Timeline(5))).isTrue();
        assertThat(path.contains(new Timeline(2))).isFalse();
    }

    @Test
    void hasNoAncestorsOnTheFirstTimeline() throws IOException {
        assertThat(TimelinePath.parse(Timeline.FIRST, "").forks()).isEmpty();
    }

    @Test
    void refusesAHistoryThatIsNone() {
        assertThatThrownBy(() -> TimelinePath.parse(new Timeline(2), "not a history"))
                .isInstanceOf(IOException.class);
    }
}
