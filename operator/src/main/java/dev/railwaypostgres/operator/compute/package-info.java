/**
 * How the operator and the applications log in to computes: passwords and verifiers in Secrets, and the port to them
 * first, so that whoever decides needs no Kubernetes to be tested. Uses {@code postgres} for SCRAM verifiers, so that
 * Railway never sees a password. Passwords leave it in no form but {@link dev.railwaypostgres.sleep.compute.Password}, and
 * in Secrets.
 */
@NullMarked
package dev.railwaypostgres.operator.compute;

import org.jspecify.annotations.NullMarked;
