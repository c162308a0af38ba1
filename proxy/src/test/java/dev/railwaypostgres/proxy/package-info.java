/** Tests of the proxy as a whole against a scripted server, and what they need: the server, an operator, certificates. */
@NullMarked
package dev.railwaypostgres.proxy;

import org.jspecify.annotations.NullMarked;
