/**
 * The client over HTTP: one text resource for each operation, one place where failures get their meaning, one budget for
 * all calls of a token. The only package of the house that may use OkHttp.
 */
@NullMarked
package dev.railwaypostgres.railway.graphql;

import org.jspecify.annotations.NullMarked;
