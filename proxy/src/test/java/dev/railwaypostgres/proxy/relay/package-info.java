/** Tests of the count of what is unanswered. */
@NullMarked
package dev.railwaypostgres.proxy.relay;

import org.jspecify.annotations.NullMarked;
