@NullMarked
package dev.railwaypostgres.sleep;

import org.jspecify.annotations.NullMarked;
