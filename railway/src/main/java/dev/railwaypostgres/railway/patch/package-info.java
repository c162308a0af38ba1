/**
 * Changes to an environment's settings, built so that they can only have the shape Railway understands: its schema calls
 * them a scalar and checks nothing. May use the ids, and Jackson's tree.
 */
@NullMarked
package dev.railwaypostgres.railway.patch;

import org.jspecify.annotations.NullMarked;
