/** What a real API server makes of the CRD, and of the examples. Uses {@code kubernetes} to have one. */
@NullMarked
package dev.railwaypostgres.playground.crds;

import org.jspecify.annotations.NullMarked;
