package dev.railwaypostgres.railway.model;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** What Railway is doing with a disk. */
public enum VolumeState {
    READY,
    UPDATING,
    RESTORING,
    MIGRATING,
    MIGRATION_PENDING,
    DELETING,
    DELETED,
    ERROR,
    @JsonEnumDefaultValue
    UNKNOWN
}
