package dev.railwaypostgres.proxy.session;

import dev.railwaypostgres.postgres.message.BackendMessage;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The settings that a client was told of, by {@code ParameterStatus}. Many clients share one map of them. */
final class Reported {
    private Map<String, String> values;

    Reported(Map<String, String> values) {
        this.values = values;
    }

    /** With the name as the server writes it. */
    Optional<Map.Entry<String, String>> find(String name) {
        return values.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                .findFirst();
    }

    /** @return what to tell the client, if that is a setting that it is told of, and a change */
    Optional<BackendMessage> change(String name, String value) {
        if (!values.containsKey(name) || value.equals(values.get(name))) {
            return Optional.empty();
        }
        put(name, value);
        return Optional.of(new BackendMessage.ParameterStatus(name, value));
    }

    /** The client was told so. */
    void put(String name, String value) {
        var changed = new TreeMap<>(values);
        changed.put(name, value);
        values = Collections.unmodifiableMap(changed);
    }

    /**
     * The server reports these now.
     *
     * @return whether that is news for the client
     */
    boolean follow(Map<String, String> now) {
        boolean isNews = !now.equals(values);
        values = now;
        return isNews;
    }

    /** The session goes on where these are the values; mostly it is the same map. */
    @SuppressWarnings("ReferenceEquality")
    void moveTo(Map<String, String> now, Consumer<BackendMessage> client) {
        if (now == values) {
            return;
        }
        now.forEach((name, value) -> {
            if (!value.equals(values.get(name))) {
                client.accept(new BackendMessage.ParameterStatus(name, value));
            }
        });
        values = now;
    }
}
