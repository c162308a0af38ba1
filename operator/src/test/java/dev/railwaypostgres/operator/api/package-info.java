@NullMarked
package dev.railwaypostgres.operator.api;

import org.jspecify.annotations.NullMarked;
