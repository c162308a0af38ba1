/** The chart, by the real helm against a real API server. Uses {@code kubernetes} to have one. */
@NullMarked
package dev.railwaypostgres.playground.chart;

import org.jspecify.annotations.NullMarked;
