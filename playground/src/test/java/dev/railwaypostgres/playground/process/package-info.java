/** Tests of running other programs. */
@NullMarked
package dev.railwaypostgres.playground.process;

import org.jspecify.annotations.NullMarked;
