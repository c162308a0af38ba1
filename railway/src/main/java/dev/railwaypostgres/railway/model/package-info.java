/**
 * What Railway has, as values: typed ids, what its API answers and what it is asked for. Names are Railway's own. Enums
 * are lenient, since Railway adds values without notice: one that we do not know reads as {@code UNKNOWN}. May use
 * Jackson's annotations and tree, and nothing else.
 */
@NullMarked
package dev.railwaypostgres.railway.model;

import org.jspecify.annotations.NullMarked;
