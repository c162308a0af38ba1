/**
 * Encryption towards both sides: which library does it, and our certificate, which may change while we run. May use
 * {@code manage} and the protocol's words.
 */
@NullMarked
package dev.railwaypostgres.proxy.tls;

import org.jspecify.annotations.NullMarked;
