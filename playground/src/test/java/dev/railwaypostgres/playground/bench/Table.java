package dev.railwaypostgres.playground.bench;

import java.util.ArrayList;
import java.util.List;

/** Figures as aligned lines of text. */
record Table(List<Figure> figures) {
    String text() {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("what", "measured", "bar", "ratio", "met"));
        figures.forEach(figure -> rows.add(row(figure)));
        var widths = widths(rows);
        var text = new StringBuilder();
        rows.forEach(row -> text.append(line(row, widths)).append('\n'));
        return text.toString();
    }

    private static List<String> row(Figure figure) {
        return List.of(
                figure.what(),
                figure.measuredText(),
                figure.barText(),
                figure.ratio(),
                figure.isMet() ? "yes" : "NOT MET");
    }

    private static int[] widths(List<List<String>> rows) {
        var widths = new int[rows.getFirst().size()];
        for (var row : rows) {
            for (var column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        return widths;
    }

    /** Words to the left, numbers to the right. */
    private static String line(List<String> row, int[] widths) {
        var line = new StringBuilder();
        for (var column = 0; column < widths.length; column++) {
            var padding = " ".repeat(widths[column] - row.get(column).length());
            var isText = column == 0 || column == widths.length - 1;
            line.append(isText ? row.get(column) + padding : padding + row.get(column))
                    .append("  ");
        }
        return line.toString().stripTrailing();
    }
}
