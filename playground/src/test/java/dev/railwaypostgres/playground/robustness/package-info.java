/**
 * The whole thing under bad luck: races, crashes, outages and wrong input, with real clients. One playground for all tests of a run, a
 * namespace for each test. Uses what the stories use ({@code playground.run}), and looks at Railway by its API only.
 */
@NullMarked
package dev.railwaypostgres.playground.robustness;

import org.jspecify.annotations.NullMarked;
