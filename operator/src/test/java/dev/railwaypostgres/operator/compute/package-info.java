@NullMarked
package dev.railwaypostgres.operator.compute;

import org.jspecify.annotations.NullMarked;
