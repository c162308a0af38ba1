/**
 * What operations sees: counters and timers, probes, and the port where they are served. Uses no other package of the
 * proxy.
 */
@NullMarked
package dev.railwaypostgres.proxy.manage;

import org.jspecify.annotations.NullMarked;
