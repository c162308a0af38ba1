package dev.railwaypostgres.railway.model;

import org.jspecify.annotations.Nullable;

/** The settings of a volume in one environment; absent is what Railway chose itself. */
public record VolumeConfig(
        @Nullable Integer sizeMB, @Nullable String region) {}
