package dev.railwaypostgres.railway.model;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** What Railway bills, with the list price of one unit: units are used resource × minutes, egress is gigabytes. */
public enum Measurement {
    CPU_USAGE(20 / Measurement.MINUTES_PER_MONTH),
    MEMORY_USAGE_GB(10 / Measurement.MINUTES_PER_MONTH),
    DISK_USAGE_GB(0.15 / Measurement.MINUTES_PER_MONTH),
    BACKUP_USAGE_GB(0.15 / Measurement.MINUTES_PER_MONTH),
    NETWORK_TX_GB(0.05),
    @JsonEnumDefaultValue
    UNKNOWN(0);

    private static final double MINUTES_PER_MONTH = 43_200;

    private final double dollarsPerUnit;

    Measurement(double dollarsPerUnit) {
        this.dollarsPerUnit = dollarsPerUnit;
    }

    public double dollarsPerUnit() {
        return dollarsPerUnit;
    }
}
