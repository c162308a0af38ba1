package dev.railwaypostgres.railway.graphql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * One GraphQL operation: a text resource of the same name, with one field at its root.
 *
 * @param effect whether it may be repeated without a thought
 * @param answer what the root field's value is read as
 */
record Operation<T>(String name, String document, Effect effect, JavaType answer) {
    enum Effect {
        /** Asks; may be repeated. */
        READ,
        /** Does something; is never repeated by the client. */
        WRITE,
        /** Takes something away; content when it is gone already, and never repeated either. */
        DELETE
    }

    static <T> Operation<T> read(String name, Class<T> answer) {
        return new Operation<>(name, load(name), Effect.READ, Json.MAPPER.constructType(answer));
    }

    static <T> Operation<T> read(String name, TypeReference<T> answer) {
        return new Operation<>(name, load(name), Effect.READ, Json.MAPPER.constructType(answer));
    }

    static <T> Operation<T> write(String name, Class<T> answer) {
        return new Operation<>(name, load(name), Effect.WRITE, Json.MAPPER.constructType(answer));
    }

    static Operation<Boolean> delete(String name) {
        return new Operation<>(name, load(name), Effect.DELETE, Json.MAPPER.constructType(Boolean.class));
    }

    T read(JsonNode value) throws JsonProcessingException {
        return Json.MAPPER.treeToValue(value, answer);
    }

    private static String load(String name) {
        try (InputStream text = Operation.class.getResourceAsStream(name + ".graphql")) {
            if (text == null) {
                throw new IllegalStateException("There is no operation " + name);
            }
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
