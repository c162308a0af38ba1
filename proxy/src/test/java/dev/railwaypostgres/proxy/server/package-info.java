/** Tests of the door. */
@NullMarked
package dev.railwaypostgres.proxy.server;

import org.jspecify.annotations.NullMarked;
