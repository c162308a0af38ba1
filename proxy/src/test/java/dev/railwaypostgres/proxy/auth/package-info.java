/** Tests of what the proxy knows of roles. */
@NullMarked
package dev.railwaypostgres.proxy.auth;

import org.jspecify.annotations.NullMarked;
