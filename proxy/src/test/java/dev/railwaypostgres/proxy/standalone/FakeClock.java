package dev.railwaypostgres.proxy.standalone;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that is moved by hand. */
final class FakeClock implements InstantSource {
    private Instant now = Instant.parse("2026-05-01T10:00:00Z");

    @Override
    public synchronized Instant instant() {
        return now;
    }

    synchronized void advance(Duration by) {
        now = now.plus(by);
    }
}
