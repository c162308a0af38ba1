/**
 * What can go wrong for a client, and how it is told: every failure knows its SQLSTATE, its text and whether trying again
 * helps. Used by all other packages; uses only the protocol's words.
 */
@NullMarked
package dev.railwaypostgres.proxy.failure;

import org.jspecify.annotations.NullMarked;
