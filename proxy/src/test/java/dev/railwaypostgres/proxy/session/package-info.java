/** Tests of a session's decisions. */
@NullMarked
package dev.railwaypostgres.proxy.session;

import org.jspecify.annotations.NullMarked;
