/**
 * What a cluster's machinery asks of a process: is it alive, is it ready, how is it doing.
 *
 * <p>Listens to the other packages by ports of theirs, so that none of them knows of metrics. The only package that may use
 * Micrometer.
 */
@NullMarked
package dev.railwaypostgres.operator.manage;

import org.jspecify.annotations.NullMarked;
