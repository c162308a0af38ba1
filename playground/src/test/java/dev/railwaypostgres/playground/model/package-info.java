/**
 * A small model checker, and the world in which it checks that sleep and wake keep their promises.
 *
 * <p>The decisions are the product's own: the operator's {@code SleepPlanner} and the proxy's {@code SessionMachine}, the
 * very classes that ship. Around them everything that may happen, may happen in any order.
 */
@NullMarked
package dev.railwaypostgres.playground.model;

import org.jspecify.annotations.NullMarked;
