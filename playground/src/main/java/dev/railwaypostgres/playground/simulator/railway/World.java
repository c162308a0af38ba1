package dev.railwaypostgres.playground.simulator.railway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Function;

/** The one place of all memory: one thread at a time, and every change is on disk before it is answered. */
final class World {
    static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private final Path file;
    private final State state;

    private World(Path file, State state) {
        this.file = file;
        this.state = state;
    }

    /** The world as it was left in this file, or a new one. */
    static World in(Path file) {
        try {
            var saved = Files.exists(file) ? JSON.readValue(file.toFile(), State.class) : State.empty();
            return new World(file, saved);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    synchronized <T> T read(Function<State, T> question) {
        return question.apply(state);
    }

    synchronized <T> T change(Function<State, T> change) {
        var answer = change.apply(state);
        save();
        return answer;
    }

    private void save() {
        try {
            var aside = file.resolveSibling(file.getFileName() + ".new");
            JSON.writeValue(aside.toFile(), state);
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }
}
