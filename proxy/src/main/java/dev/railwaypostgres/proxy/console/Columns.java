package dev.railwaypostgres.proxy.console;

import java.util.ArrayList;
import java.util.List;

/**
 * Names and types of a table's columns.
 *
 * @param list with those of our own at the end
 */
record Columns(List<Of> list) {
    static final Columns NONE = new Columns(List.of());

    /** One column. */
    record Of(String name, Kind kind) {}

    Columns {
        list = List.copyOf(list);
    }

    Columns text(String... names) {
        return and(Kind.TEXT, names);
    }

    Columns integer(String... names) {
        return and(Kind.INTEGER, names);
    }

    Columns bigint(String... names) {
        return and(Kind.BIGINT, names);
    }

    Columns numeric(String... names) {
        return and(Kind.NUMERIC, names);
    }

    private Columns and(Kind kind, String... names) {
        var all = new ArrayList<>(list);
        for (var name : names) {
            all.add(new Of(name, kind));
        }
        return new Columns(all);
    }

    boolean isEmpty() {
        return list.isEmpty();
    }

    int size() {
        return list.size();
    }
}
