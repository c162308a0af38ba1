package dev.railwaypostgres.playground.conformance.fuzz;

import dev.railwaypostgres.playground.conformance.wire.ClientMessage;
import dev.railwaypostgres.playground.conformance.wire.WireClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** What one client says, all at once. The same seed makes the same talk. */
record Talk(List<String> lines) {
    private static final int MOST_LINES = 40;

    /** Understood in every state but that of a copy, and answered with an error that repeats it. */
    private static final String LAST_WORD = "LAST_WORD";

    Talk {
        lines = List.copyOf(lines);
    }

    static Talk of(long seed, Set<Saying> sayings) {
        var random = new Random(seed);
        var choice = List.copyOf(sayings);
        var lines = new ArrayList<String>();
        for (int left = 1 + random.nextInt(MOST_LINES); left > 0; left--) {
            lines.add(choice.get(random.nextInt(choice.size())).line(random));
        }
        return new Talk(lines);
    }

    Talk first(int count) {
        return new Talk(lines.subList(0, count));
    }

    Talk without(int index) {
        var fewer = new ArrayList<>(lines);
        fewer.remove(index);
        return new Talk(fewer);
    }

    /** Says it all, and returns when all of it has been answered, and nothing of it is left. */
    void sayTo(WireClient client) {
        lines.forEach(line -> client.send(ClientMessage.bytes(line)));
        client.send(ClientMessage.bytes("CopyFail \"the talk is over\""));
        client.send(ClientMessage.bytes("Sync"));
        client.send(ClientMessage.query(LAST_WORD));
        client.awaitWord(LAST_WORD);
        client.await("ReadyForQuery");
        for (var last : List.of("ROLLBACK", "DISCARD ALL")) {
            client.send(ClientMessage.query(last));
            client.await("ReadyForQuery");
        }
    }

    @Override
    public String toString() {
        return "  > " + String.join("\n  > ", lines);
    }
}
