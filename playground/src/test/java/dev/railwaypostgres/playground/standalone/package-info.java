/** The proxy without Kubernetes, from its image's folder, in front of a Postgres as Railway itself offers it. */
@NullMarked
package dev.railwaypostgres.playground.standalone;

import org.jspecify.annotations.NullMarked;
