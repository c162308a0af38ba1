/** Tests of what a session carries along. */
@NullMarked
package dev.railwaypostgres.proxy.park;

import org.jspecify.annotations.NullMarked;
