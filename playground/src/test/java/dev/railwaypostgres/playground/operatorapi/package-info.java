/** What the operator writes to a real API server, and what it serves beside it. */
@NullMarked
package dev.railwaypostgres.playground.operatorapi;

import org.jspecify.annotations.NullMarked;
