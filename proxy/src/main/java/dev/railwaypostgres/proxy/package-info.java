/**
 * The proxy as a whole: its settings, and the class that puts it together and can be embedded. The only package that may
 * use all the others.
 */
@NullMarked
package dev.railwaypostgres.proxy;

import org.jspecify.annotations.NullMarked;
