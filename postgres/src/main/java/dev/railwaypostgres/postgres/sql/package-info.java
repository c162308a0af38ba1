/**
 * Statement text, understood just far enough to know what it does to the session that runs it: what can be answered
 * without a database, and what ties a session to its server. May use nothing but the JDK.
 *
 * <p>This is no parser. What it does not know is {@link dev.railwaypostgres.postgres.sql.Statement.Other}, and text that
 * Postgres would refuse may be anything. Strings are read as with {@code standard_conforming_strings = on}.
 */
@NullMarked
package dev.railwaypostgres.postgres.sql;

import org.jspecify.annotations.NullMarked;
