/** Tests of cancel keys. */
@NullMarked
package dev.railwaypostgres.proxy.cancel;

import org.jspecify.annotations.NullMarked;
