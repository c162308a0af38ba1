/**
 * Who a client is, and how long it has to wait for guessing. Knows verifiers, asks the operator for what it does not know,
 * and remembers addresses for a while; no sessions and no sockets.
 */
@NullMarked
package dev.railwaypostgres.proxy.auth;

import org.jspecify.annotations.NullMarked;
