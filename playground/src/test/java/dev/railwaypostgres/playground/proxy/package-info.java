/** The proxy before a real Postgres that is really stopped and started, with real clients. No Kubernetes and no operator. */
@NullMarked
package dev.railwaypostgres.playground.proxy;

import org.jspecify.annotations.NullMarked;
