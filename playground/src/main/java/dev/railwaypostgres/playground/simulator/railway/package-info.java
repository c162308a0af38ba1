/**
 * A stand-in for Railway: its GraphQL API over real HTTP and WebSockets, its oddities on request, and services that are real local
 * processes behind real forwarded ports. It is built from Railway's published behaviour and its own copy of the schema, never from the
 * client that is tested against it: nothing of ours may be used here but the {@code binaries} package.
 *
 * <p>How it is cut: {@code World} remembers (rows, saved on each change), the {@code …Operations} answer, {@code Deployments} and
 * {@code DeploymentLife} run processes, {@code Forwarders} own the ports, {@code GraphQlHttp} and {@code GraphQlSocket} speak to clients.
 */
@NullMarked
package dev.railwaypostgres.playground.simulator.railway;

import org.jspecify.annotations.NullMarked;
