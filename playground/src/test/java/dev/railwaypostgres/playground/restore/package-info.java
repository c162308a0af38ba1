/** Stored backups and logs, given back to Postgres' own programs of every version. */
@NullMarked
package dev.railwaypostgres.playground.restore;

import org.jspecify.annotations.NullMarked;
