/**
 * One {@code ServerlessDatabase} from apply to delete, in four nouns: the Observer looks and never acts, the Planner
 * decides and never looks, the Actuator acts step by step, the Reconciler calls them and reports.
 *
 * <p>Sleep and wake are decided by {@link dev.railwaypostgres.sleep.SleepPlanner}, which the status remembers for. May use
 * everything below it: status, failure, events, signal, compute. Nothing there may use this package.
 */
@NullMarked
package dev.railwaypostgres.operator.database;

import org.jspecify.annotations.NullMarked;
