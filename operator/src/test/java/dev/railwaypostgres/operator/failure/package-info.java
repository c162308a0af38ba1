/** What failures mean. */
@NullMarked
package dev.railwaypostgres.operator.failure;

import org.jspecify.annotations.NullMarked;
