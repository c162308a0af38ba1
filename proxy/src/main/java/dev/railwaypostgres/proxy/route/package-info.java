/**
 * From what a client says to the database it means. {@link dev.railwaypostgres.proxy.route.KubernetesRouteSource} is the
 * proxy's only watch on Kubernetes; everything else here sees {@link dev.railwaypostgres.proxy.route.Route} values.
 */
@NullMarked
package dev.railwaypostgres.proxy.route;

import org.jspecify.annotations.NullMarked;
