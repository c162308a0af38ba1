package dev.railwaypostgres.playground.simulator.railway;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rows of one kind by id, in the order of their creation. */
final class Table<R extends Row> {
    private final Map<String, R> rows = new LinkedHashMap<>();

    Table() {}

    @JsonCreator
    Table(Collection<R> saved) {
        saved.forEach(this::put);
    }

    @JsonValue
    Collection<R> all() {
        return rows.values();
    }

    /** Adds the row, or takes the place of the one with its id. */
    void put(R row) {
        rows.put(row.id(), row);
    }

    void remove(R row) {
        rows.remove(row.id());
    }

    Optional<R> find(@Nullable String id) {
        return id == null ? Optional.empty() : Optional.ofNullable(rows.get(id));
    }

    Stream<R> where(Predicate<R> condition) {
        return List.copyOf(rows.values()).stream().filter(condition);
    }
}
