/**
 * Who a client is. Knows verifiers and the SCRAM exchange, and asks the operator for what it does not know; no sessions
 * and no sockets.
 */
@NullMarked
package dev.railwaypostgres.proxy.auth;

import org.jspecify.annotations.NullMarked;
