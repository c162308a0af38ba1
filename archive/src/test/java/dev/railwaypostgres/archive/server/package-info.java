/** Tests of the archive server's parts. */
@NullMarked
package dev.railwaypostgres.archive.server;

import org.jspecify.annotations.NullMarked;
