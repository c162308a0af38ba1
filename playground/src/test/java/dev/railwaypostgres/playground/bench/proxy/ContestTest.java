package dev.railwaypostgres.playground.bench.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ContestTest {
    private static final Offset<Double> EXACT = Offset.offset(1e-9);

    private static List<Reading> rates(double... values) {
        var readings = new ArrayList<Reading>();
        for (var value : values) {
            readings.add(Reading.of(Measure.RATE, value));
        }
        return readings;
    }

    @Test
    void letsAnotherOneBeginEachRound() throws Exception {
        var order = new ArrayList<String>();
        Contest.hold(3, List.of("ours", "theirs"), who -> {
            order.add(who);
            return Reading.of(Measure.RATE, 1);
        });
        assertThat(order).containsExactly("ours", "theirs", "theirs", "ours", "ours", "theirs");
    }

    @Test
    void comparesWithinARoundSoThatSlowRoundsDoNotCount() {
        var contest = new Contest<>(Map.of("ours", rates(200, 20, 210), "theirs", rates(100, 10, 100)));
        assertThat(contest.ratio("ours", "theirs", Measure.RATE)).isCloseTo(2.0, EXACT);
    }

    @Test
    void tellsTheMedianAndItsNeighbours() {
        var contest = new Contest<>(Map.of("ours", rates(12.3, 250, 9.87)));
        assertThat(contest.spread("ours", Measure.RATE).text()).isEqualTo("12.3 (9.87–250)");
    }

    @Test
    void meetsABarThatIsJustReached() {
        assertThat(new Bar.RatioAtMost(0.88).isMet(10, 0.88)).isTrue();
        assertThat(new Bar.RatioAtMost(0.88).isMet(10, 0.89)).isFalse();
        assertThat(new Bar.RatioAtLeast(1.08).isMet(10, 1.08)).isTrue();
        assertThat(new Bar.RatioAtLeast(1.08).isMet(10, 1.07)).isFalse();
        assertThat(new Bar.ValueAtMost(5).isMet(5, 9)).isTrue();
        assertThat(new Bar.ValueAtMost(5).isMet(5.1, 0.1)).isFalse();
    }

    @Test
    void judgesNothingOnABusyMachine() {
        var contest = new Contest<>(Map.of("ours", rates(2), "theirs", rates(1)));
        var finding = Finding.of("a load", contest, "ours", "theirs", Measure.RATE, new Bar.RatioAtLeast(1.08));
        assertThat(finding.row(true)).containsExactly("a load, per second", "2.00", "1.00", "2.00", "x >= 1.08", "yes");
        assertThat(finding.row(false)).endsWith("not judged");
    }
}
