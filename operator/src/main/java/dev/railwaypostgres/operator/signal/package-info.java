/**
 * What makes the operator look at a database again, apart from changes of its resource: news from Railway, listed once
 * for all databases of an environment, and the signals that carry them into the reconciler.
 *
 * <p>Keeps what was seen, with its age, so that looking costs no call. Uses {@code railway}, and JOSDK for the one event
 * source.
 */
@NullMarked
package dev.railwaypostgres.operator.signal;

import org.jspecify.annotations.NullMarked;
