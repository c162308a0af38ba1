/**
 * How the cluster is told what is true of a database: reasons, conditions, and the one writer of status.
 *
 * <p>The only package that may use JOSDK's {@code PrimaryUpdateAndCacheUtils}. Uses {@code crds} and nothing else of
 * ours.
 */
@NullMarked
package dev.railwaypostgres.operator.status;

import org.jspecify.annotations.NullMarked;
