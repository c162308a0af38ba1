@NullMarked
package dev.railwaypostgres.operator.manage;

import org.jspecify.annotations.NullMarked;
