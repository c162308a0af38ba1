package dev.railwaypostgres.postgres.startup;

import dev.railwaypostgres.postgres.CancelKey;

/** What may come first on a connection. It has no tag; the number after its length tells what it is. */
public sealed interface StartupPacket {
    /** Answered by one byte, {@code S} or {@code N}, before anything else. */
    record SslRequest() implements StartupPacket {
        static final int CODE = 1234 << 16 | 5679;
    }

    /** Answered by one byte, {@code G} or {@code N}, before anything else. */
    record GssEncRequest() implements StartupPacket {
        static final int CODE = 1234 << 16 | 5680;
    }

    /** Comes on a connection of its own, which is closed without an answer. */
    record CancelRequest(CancelKey key) implements StartupPacket {
        static final int CODE = 1234 << 16 | 5678;
    }

    /** Begins a login. */
    record Startup(StartupMessage message) implements StartupPacket {}
}
