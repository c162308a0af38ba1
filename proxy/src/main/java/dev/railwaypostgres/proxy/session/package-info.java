/**
 * One client's life. {@link dev.railwaypostgres.proxy.session.SessionState} and
 * {@link dev.railwaypostgres.proxy.session.SessionMachine} decide, and know no sockets, no threads and no clock;
 * {@link dev.railwaypostgres.proxy.session.ClientSession} does what they decide. May use every package but
 * {@code server} and {@code console}; is used by {@code server} and {@code console} alone.
 */
@NullMarked
package dev.railwaypostgres.proxy.session;

import org.jspecify.annotations.NullMarked;
