package dev.railwaypostgres.railway.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A Railway volume, which may span environments: what is created, attached, resized and deleted.
 *
 * <p>Not to be mixed up with {@link VolumeInstanceId}: Railway answers the wrong one with "Not Authorized". */
public record VolumeId(@JsonValue String value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public VolumeId {
        Ids.requireText(value, "volume");
    }

    @Override
    public String toString() {
        return value;
    }
}
