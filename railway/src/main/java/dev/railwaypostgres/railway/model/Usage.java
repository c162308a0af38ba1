package dev.railwaypostgres.railway.model;

import org.jspecify.annotations.Nullable;

/**
 * What a service used of one resource in the time that was asked for.
 *
 * @param serviceId absent for what Railway attributes to no service
 * @param value vCPU-minutes, GB-minutes, or GB of egress
 */
public record Usage(@Nullable ServiceId serviceId, Measurement measurement, double value) {
    /** By list price, before the plan's credit. */
    public double dollars() {
        return value * measurement.dollarsPerUnit();
    }
}
