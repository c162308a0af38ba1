/**
 * A compute itself: logging in to a database's Postgres as a superuser, what is asked of it there, and what can go wrong.
 *
 * <p>The port {@link dev.railwaypostgres.sleep.compute.ComputeSql} and its records come first, so that whoever decides
 * needs no Postgres to be tested. The only package that may use pgjdbc. Uses nothing else of this module.
 */
@NullMarked
package dev.railwaypostgres.sleep.compute;

import org.jspecify.annotations.NullMarked;
