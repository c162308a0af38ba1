package dev.railwaypostgres.playground.conformance.isolation;

import dev.railwaypostgres.playground.conformance.wire.ClientMessage;
import dev.railwaypostgres.playground.conformance.wire.WireClient;
import java.util.List;

/** One thing that a client does, and waits for. */
sealed interface Deed {
    void doIt(WireClient client);

    /** By the simple protocol. */
    record Statement(String text) implements Deed {
        @Override
        public void doIt(WireClient client) {
            client.send(ClientMessage.query(text));
            client.await("ReadyForQuery");
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** By the extended protocol; the last one is a Sync. */
    record Messages(List<String> lines) implements Deed {
        public Messages {
            lines = List.copyOf(lines);
        }

        static Messages running(String statement) {
            return new Messages(List.of(
                    "Parse \"\" \"" + statement.replace("\\", "\\\\").replace("\"", "\\\"") + "\"",
                    "Bind \"\" \"\"",
                    "Execute \"\"",
                    "Sync"));
        }

        @Override
        public void doIt(WireClient client) {
            lines.forEach(line -> client.send(ClientMessage.bytes(line)));
            client.await("ReadyForQuery");
        }

        @Override
        public String toString() {
            return String.join(" / ", lines);
        }
    }
}
