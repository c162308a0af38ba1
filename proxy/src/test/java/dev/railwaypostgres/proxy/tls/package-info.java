/** Tests of certificates and keys. */
@NullMarked
package dev.railwaypostgres.proxy.tls;

import org.jspecify.annotations.NullMarked;
