/**
 * Whole stories, told by the real kubectl and psql to everything at once: one playground for all tests of a run, a namespace for each
 * test.
 */
@NullMarked
package dev.railwaypostgres.playground.run;

import org.jspecify.annotations.NullMarked;
