package dev.railwaypostgres.railway.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A TCP proxy: the public address of one port of a service. */
public record TcpProxyId(@JsonValue String value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public TcpProxyId {
        Ids.requireText(value, "TCP proxy");
    }

    @Override
    public String toString() {
        return value;
    }
}
