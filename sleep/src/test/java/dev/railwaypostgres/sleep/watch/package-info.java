@NullMarked
package dev.railwaypostgres.sleep.watch;

import org.jspecify.annotations.NullMarked;
