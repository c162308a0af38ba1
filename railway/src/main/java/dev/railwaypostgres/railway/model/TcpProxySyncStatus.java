package dev.railwaypostgres.railway.model;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** Whether a TCP proxy forwards already. */
public enum TcpProxySyncStatus {
    CREATING,
    ACTIVE,
    UPDATING,
    DELETING,
    DELETED,
    UNSPECIFIED,
    @JsonEnumDefaultValue
    UNKNOWN
}
