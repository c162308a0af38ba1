/**
 * The door: listening, encryption, the packets before a session begins, and the end of all sessions at a drain. May use
 * every other package.
 */
@NullMarked
package dev.railwaypostgres.proxy.server;

import org.jspecify.annotations.NullMarked;
