package dev.railwaypostgres.railway.model;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** When Railway starts a container again that has ended by itself. */
public enum RestartPolicy {
    /** However it ended, also with status 0. */
    ALWAYS,
    NEVER,
    /** Railway's default. */
    ON_FAILURE,
    @JsonEnumDefaultValue
    UNKNOWN
}
