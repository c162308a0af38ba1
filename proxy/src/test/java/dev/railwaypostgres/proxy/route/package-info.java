/** Which database a client means. */
@NullMarked
package dev.railwaypostgres.proxy.route;

import org.jspecify.annotations.NullMarked;
