package dev.railwaypostgres.playground.bench;

import java.util.List;

/** Rows of words as lines of text: the first and the last column are words, those between are numbers. */
public record Lines(List<List<String>> rows) {
    public Lines {
        rows = List.copyOf(rows);
    }

    public String text() {
        var widths = widths(rows);
        var text = new StringBuilder();
        rows.forEach(row -> text.append(line(row, widths)).append('\n'));
        return text.toString();
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
