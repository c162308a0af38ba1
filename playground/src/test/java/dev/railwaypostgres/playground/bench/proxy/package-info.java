/**
 * The proxy side by side with PgBouncer: {@link dev.railwaypostgres.playground.bench.proxy.ProxyBench} starts both before
 * one Postgres, lets the same load fall on them in turns, and prints what each made of it beside what must be reached.
 *
 * <p>May use the proxy, the wire protocol and everything of the playground. Free of the test libraries.
 */
@NullMarked
package dev.railwaypostgres.playground.bench.proxy;

import org.jspecify.annotations.NullMarked;
