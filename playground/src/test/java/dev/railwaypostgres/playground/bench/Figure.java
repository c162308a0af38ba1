package dev.railwaypostgres.playground.bench;

import java.util.Locale;

/**
 * One measured figure beside the bar that it must not exceed.
 *
 * @param unit of both, for example {@code ms}
 */
record Figure(String what, double measured, double bar, String unit) {
    boolean isMet() {
        return measured <= bar;
    }

    /** How much of the bar is used up; a bar of nothing has no ratio. */
    String ratio() {
        return bar == 0 ? "-" : String.format(Locale.ROOT, "%.2f", measured / bar);
    }

    String measuredText() {
        return text(measured);
    }

    String barText() {
        return "<= " + text(bar);
    }

    private String text(double value) {
        var number = value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.2f", value);
        return unit.isEmpty() ? number : number + " " + unit;
    }
}
