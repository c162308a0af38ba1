/**
 * Kubernetes events about databases: the story that {@code kubectl describe} tells.
 *
 * <p>Uses {@code status} for reasons, and the Kubernetes client.
 */
@NullMarked
package dev.railwaypostgres.operator.events;

import org.jspecify.annotations.NullMarked;
