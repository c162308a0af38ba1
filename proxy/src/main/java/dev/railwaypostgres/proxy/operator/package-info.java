/**
 * What the proxy asks of the operator, over its HTTP API: wakes, verifiers, and to keep a database awake. Knows no
 * sessions and no Vert.x; answers come on virtual threads.
 */
@NullMarked
package dev.railwaypostgres.proxy.operator;

import org.jspecify.annotations.NullMarked;
