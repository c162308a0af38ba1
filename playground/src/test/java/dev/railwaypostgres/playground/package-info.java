/** What every test of the playground uses: waiting without sleeping, and the one control plane of a test run. */
@NullMarked
package dev.railwaypostgres.playground;

import org.jspecify.annotations.NullMarked;
