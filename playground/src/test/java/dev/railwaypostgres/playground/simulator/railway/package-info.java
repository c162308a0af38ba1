/** Tests of the simulator through raw HTTP and real Postgres connections, with nothing of its own types in between. */
@NullMarked
package dev.railwaypostgres.playground.simulator.railway;

import org.jspecify.annotations.NullMarked;
