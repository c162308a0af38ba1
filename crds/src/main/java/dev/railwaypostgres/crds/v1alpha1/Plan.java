package dev.railwaypostgres.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Railway's plans that can run a database that wakes by itself at any hour (RAILWAY.md §13). */
public enum Plan {
    @JsonProperty("Hobby")
    HOBBY,
    @JsonProperty("Pro")
    PRO
}
