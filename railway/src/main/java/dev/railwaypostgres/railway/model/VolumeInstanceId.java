package dev.railwaypostgres.railway.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The disk of a volume in one environment: what backups and metrics are asked for by. */
public record VolumeInstanceId(@JsonValue String value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public VolumeInstanceId {
        Ids.requireText(value, "volume instance");
    }

    @Override
    public String toString() {
        return value;
    }
}
