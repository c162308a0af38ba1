@NullMarked
package dev.railwaypostgres.operator.status;

import org.jspecify.annotations.NullMarked;
