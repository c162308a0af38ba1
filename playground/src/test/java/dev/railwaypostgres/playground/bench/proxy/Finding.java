package dev.railwaypostgres.playground.bench.proxy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of a table.
 *
 * @param theirs null when there is no peer
 * @param ratio ours by theirs; NaN when there is no peer
 */
record Finding(String what, Spread ours, @Nullable Spread theirs, double ratio, Bar bar) {
    static final List<String> HEADINGS = List.of("what", "proxy", "peer", "ratio", "bar", "met");

    static <C> Finding of(String what, Contest<C> contest, C ours, C theirs, Measure measure, Bar bar) {
        return new Finding(
                what + ", " + measure.unit,
                contest.spread(ours, measure),
                contest.spread(theirs, measure),
                contest.ratio(ours, theirs, measure),
                bar);
    }

    static Finding alone(String what, Spread ours, Bar bar) {
        return new Finding(what, ours, null, Double.NaN, bar);
    }

    boolean isMet() {
        return bar.isMet(ours.median(), ratio);
    }

    /** @param counts whether the machine was quiet enough to judge */
    List<String> row(boolean counts) {
        return List.of(
                what,
                ours.text(),
                theirs == null ? "-" : theirs.text(),
                Double.isNaN(ratio) ? "-" : Spread.number(ratio),
                bar.text(),
                verdict(counts));
    }

    private String verdict(boolean counts) {
        if (bar instanceof Bar.None) {
            return "";
        }
        return !counts ? "not judged" : isMet() ? "yes" : "NOT MET";
    }
}
