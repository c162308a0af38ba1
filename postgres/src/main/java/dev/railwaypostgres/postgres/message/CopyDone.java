package dev.railwaypostgres.postgres.message;

/** The good end of a {@code COPY}, in either direction. */
public record CopyDone() implements FrontendMessage, BackendMessage {}
