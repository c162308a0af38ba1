/** The control plane for tests: one for all tests of a run, a namespace for each test. */
@NullMarked
package dev.railwaypostgres.playground.kubernetes;

import org.jspecify.annotations.NullMarked;
