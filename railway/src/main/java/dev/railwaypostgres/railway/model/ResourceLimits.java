package dev.railwaypostgres.railway.model;

/**
 * The most that a service may use. Without limits a service grows to what the plan allows, and is billed for it.
 *
 * @param vcpus cores, fractions allowed
 * @param memoryBytes bytes; Railway counts gigabytes of 10^9
 */
public record ResourceLimits(double vcpus, long memoryBytes) {
    private static final double BYTES_PER_GB = 1e9;

    public ResourceLimits {
        if (vcpus <= 0 || memoryBytes <= 0) {
            throw new IllegalArgumentException("Limits are positive, not " + vcpus + " and " + memoryBytes);
        }
    }

    public double memoryGB() {
        return memoryBytes / BYTES_PER_GB;
    }
}
