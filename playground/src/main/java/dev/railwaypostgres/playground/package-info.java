@NullMarked
package dev.railwaypostgres.playground;

import org.jspecify.annotations.NullMarked;
