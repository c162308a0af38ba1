/** Our replication client against real walsenders of every version. */
@NullMarked
package dev.railwaypostgres.playground.replication;

import org.jspecify.annotations.NullMarked;
