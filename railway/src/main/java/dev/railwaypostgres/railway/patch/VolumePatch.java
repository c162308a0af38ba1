package dev.railwaypostgres.railway.patch;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Changes to one volume of an environment. Each method adds a change and returns the patch with it. */
public final class VolumePatch {
    private final ObjectNode json;

    VolumePatch(ObjectNode json) {
        this.json = json;
    }

    /** The size it may grow to, in Railway's MB. A disk only grows. */
    public VolumePatch sizeMB(int size) {
        json.put("sizeMB", size);
        return this;
    }

    /** Moves the disk, with downtime. It has to go where its service goes. */
    public VolumePatch region(String region) {
        json.put("region", region);
        return this;
    }

    ObjectNode json() {
        return json;
    }
}
