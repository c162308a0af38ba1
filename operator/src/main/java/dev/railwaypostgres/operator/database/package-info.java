/**
 * One {@code ServerlessDatabase} from apply to delete, in four nouns: the Observer looks and never acts, the Planner
 * decides and never looks, the Actuator acts step by step, the Reconciler calls them and reports.
 *
 * <p>Sleep and wake are decided by {@link dev.railwaypostgres.operator.database.SleepPlanner} alone, a pure function that
 * knows neither Kubernetes nor Railway's client, so that every interleaving of it with the world can be tried. May use
 * everything below it: status, failure, events, signal, compute. Nothing there may use this package.
 */
@NullMarked
package dev.railwaypostgres.operator.database;

import org.jspecify.annotations.NullMarked;
