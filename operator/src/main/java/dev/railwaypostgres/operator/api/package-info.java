/**
 * The HTTP API for the proxy: ask for a wake, hold a database awake, read the roles to log clients in with.
 *
 * <p>Every replica serves it, the leader or not: a wish is an annotation on the resource, and whoever leads sees it. Uses
 * {@code crds}, the name of the roles Secret from {@code compute}, and the Kubernetes client.
 */
@NullMarked
package dev.railwaypostgres.operator.api;

import org.jspecify.annotations.NullMarked;
