package dev.railwaypostgres.playground.bench;

import java.util.ArrayList;
import java.util.List;

/** Figures as aligned lines of text. */
record Table(List<Figure> figures) {
    String text() {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("what", "measured", "bar", "ratio", "met"));
        figures.forEach(figure -> rows.add(row(figure)));
        return new Lines(rows).text();
    }

    private static List<String> row(Figure figure) {
        return List.of(
                figure.what(),
                figure.measuredText(),
                figure.barText(),
                figure.ratio(),
                figure.isMet() ? "yes" : "NOT MET");
    }
}
