package dev.railwaypostgres.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What happens on Railway when the resource is deleted. */
public enum DeletionPolicy {
    @JsonProperty("Delete")
    DELETE,
    @JsonProperty("Retain")
    RETAIN,
    @JsonProperty("FinalBackup")
    FINAL_BACKUP
}
