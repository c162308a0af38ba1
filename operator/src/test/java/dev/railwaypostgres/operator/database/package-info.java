/** The planners as tables; the whole of a database's life against doubles of Railway, of Postgres and of the Secrets. */
@NullMarked
package dev.railwaypostgres.operator.database;

import org.jspecify.annotations.NullMarked;
