package dev.railwaypostgres.postgres.message;

import dev.railwaypostgres.postgres.Bytes;

/** Part of a {@code COPY}, in either direction. */
public record CopyData(Bytes data) implements FrontendMessage, BackendMessage {}
