/**
 * SCRAM-SHA-256 and SCRAM-SHA-256-PLUS, both sides of it: RFC 5802 and 7677, with Postgres' choices where they leave
 * one. May use the package above; knows neither messages nor buffers.
 *
 * <p>A server that holds only a verifier learns the client's key from a successful login, and with that key it can log in
 * elsewhere where the same verifier stands. So no password has to be stored to pass a login on.
 */
@NullMarked
package dev.railwaypostgres.postgres.scram;

import org.jspecify.annotations.NullMarked;
