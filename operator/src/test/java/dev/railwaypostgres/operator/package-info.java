@NullMarked
package dev.railwaypostgres.operator;

import org.jspecify.annotations.NullMarked;
