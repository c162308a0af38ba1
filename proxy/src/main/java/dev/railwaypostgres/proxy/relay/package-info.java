/**
 * Bytes from one socket to the other: raw buffers, framed by their headers, slowed down by whoever reads slower; and the
 * count of what is still unanswered between the two. Uses the wire protocol and Netty.
 */
@NullMarked
package dev.railwaypostgres.proxy.relay;

import org.jspecify.annotations.NullMarked;
