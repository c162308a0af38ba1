package dev.railwaypostgres.railway.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A volume's disk in one environment.
 *
 * @param serviceId absent when the disk is attached to nothing
 * @param sizeMB the size it may grow to; Railway leaves open whether these are MiB or 10^6 bytes
 * @param currentSizeMB what is used, which is what Railway bills
 * @param region follows the region of the service
 * @param pendingDeletion deleted, but kept and still listed for 48 h
 */
public record VolumeInstance(
        VolumeInstanceId id,
        VolumeId volumeId,
        @Nullable ServiceId serviceId,
        String mountPath,
        int sizeMB,
        double currentSizeMB,
        @Nullable VolumeState state,
        @Nullable String region,
        @JsonProperty("isPendingDeletion") boolean pendingDeletion,
        @Nullable Instant deletedAt) {

    public boolean isDeleted() {
        return pendingDeletion || deletedAt != null;
    }
}
