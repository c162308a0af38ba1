package dev.railwaypostgres.proxy.console;

import dev.railwaypostgres.postgres.Bytes;
import dev.railwaypostgres.postgres.message.BackendMessage;
import dev.railwaypostgres.postgres.message.Format;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A table as somebody asked for it. */
final class Sheet {
    private final Columns columns;
    private final List<List<@Nullable Object>> rows = new ArrayList<>();

    Sheet(Columns columns) {
        this.columns = columns;
    }

    /** @param values one for each column; null for SQL's NULL */
    void row(@Nullable Object... values) {
        row(Arrays.asList(values));
    }

    void row(List<@Nullable Object> values) {
        if (values.size() != columns.size()) {
            throw new IllegalArgumentException(values.size() + " values for " + columns.size() + " columns");
        }
        rows.add(values);
    }

    static BackendMessage description(Columns columns, Formats formats) {
        return new BackendMessage.RowDescription(IntStream.range(0, columns.size())
                .mapToObj(at -> {
                    var column = columns.list().get(at);
                    return column.kind().column(column.name()).in(formats.of(at));
                })
                .toList());
    }

    List<BackendMessage> messages(Formats formats) {
        return rows.stream().map(row -> message(row, formats)).toList();
    }

    /** A row may hold nulls, which the checker does not read from another module's record. */
    @SuppressWarnings("NullAway")
    private BackendMessage message(List<@Nullable Object> row, Formats formats) {
        var values = new ArrayList<@Nullable Bytes>();
        for (int at = 0; at < row.size(); at++) {
            var value = row.get(at);
            values.add(value == null ? null : columns.list().get(at).kind().encode(value, formats.of(at)));
        }
        return new BackendMessage.DataRow(values);
    }

    /**
     * How a client wants values to be written.
     *
     * @param list none: all as text; one: for all; else one for each column
     */
    record Formats(List<Format> list) {
        static final Formats TEXT = new Formats(List.of());

        Formats {
            list = List.copyOf(list);
        }

        Format of(int column) {
            if (list.isEmpty()) {
                return Format.TEXT;
            }
            return list.get(list.size() == 1 ? 0 : Math.min(column, list.size() - 1));
        }
    }
}
