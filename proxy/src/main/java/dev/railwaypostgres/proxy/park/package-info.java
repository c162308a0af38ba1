/**
 * What a session carries from one server connection to the next: its settings and its prepared statements; and what it
 * cannot carry, each with a name. Knows statements and messages, no sockets.
 */
@NullMarked
package dev.railwaypostgres.proxy.park;

import org.jspecify.annotations.NullMarked;
