/**
 * The computes themselves: logging in to a database's Postgres as its superuser, and the Secrets that hold how.
 *
 * <p>The ports and their records come first, so that whoever decides needs neither a Postgres nor a Kubernetes to be
 * tested. The only package that may use pgjdbc, and the only one of the operator that uses {@code postgres}: for SCRAM
 * verifiers, so that Railway never sees a password. Passwords leave it in no form but {@link
 * dev.railwaypostgres.operator.compute.Password}, and in Secrets.
 */
@NullMarked
package dev.railwaypostgres.operator.compute;

import org.jspecify.annotations.NullMarked;
