/** Tests of routing. */
@NullMarked
package dev.railwaypostgres.proxy.route;

import org.jspecify.annotations.NullMarked;
