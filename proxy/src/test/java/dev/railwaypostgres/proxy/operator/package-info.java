/** Tests of the calls to the operator over real HTTP. */
@NullMarked
package dev.railwaypostgres.proxy.operator;

import org.jspecify.annotations.NullMarked;
