/** Tests of the object store through Amazon's own client. */
@NullMarked
package dev.railwaypostgres.playground.simulator.s3;

import org.jspecify.annotations.NullMarked;
