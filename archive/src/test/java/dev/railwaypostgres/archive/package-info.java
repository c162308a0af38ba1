/** Tests of the barrier and of log positions. */
@NullMarked
package dev.railwaypostgres.archive;

import org.jspecify.annotations.NullMarked;
