package dev.railwaypostgres.proxy.activity;

import dev.railwaypostgres.proxy.manage.DatabaseMetrics;

/** What is written down about one database. */
public record Books(DatabaseMetrics metrics, ActivityLedger ledger) {
    public static Books empty() {
        return new Books(new DatabaseMetrics(), new ActivityLedger());
    }
}
