/**
 * The proxy without Kubernetes: an operator of its own, inside the process, that keeps a few databases on Railway which are
 * named in a settings file. It puts them to sleep and wakes them; it makes and deletes none.
 *
 * <p>{@link dev.railwaypostgres.proxy.standalone.Keeper} keeps one database: it looks ({@link
 * dev.railwaypostgres.proxy.standalone.DatabaseObserver}), lets the planner of the module {@code sleep} decide, acts ({@link
 * dev.railwaypostgres.proxy.standalone.DatabaseActuator}) and tells the rest of the proxy, which knows it as any other
 * operator. The only package that may use Railway's client.
 */
@NullMarked
package dev.railwaypostgres.proxy.standalone;

import org.jspecify.annotations.NullMarked;
