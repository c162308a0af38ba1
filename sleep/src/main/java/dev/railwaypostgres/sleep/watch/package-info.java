/** The one session that is kept open to each compute that runs, and what was last seen through it. */
@NullMarked
package dev.railwaypostgres.sleep.watch;

import org.jspecify.annotations.NullMarked;
