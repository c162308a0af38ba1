/**
 * Railway, as the rest of the house sees it: what can be asked ({@link dev.railwaypostgres.railway.RailwayReads}), what
 * can be done ({@link dev.railwaypostgres.railway.RailwayClient}) and what can go wrong
 * ({@link dev.railwaypostgres.railway.RailwayException}). Knows nothing of databases. May use the packages {@code model}
 * and {@code patch}; how calls are made is the package {@code graphql}'s secret.
 */
@NullMarked
package dev.railwaypostgres.railway;

import org.jspecify.annotations.NullMarked;
