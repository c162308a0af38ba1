/**
 * What keeps the write-ahead log safe outside of a database. So far the barrier of {@code sleep}, with nothing behind
 * it; the receiver of the log will stand there. May use the wire protocol of {@code postgres}, and no Kubernetes.
 */
@NullMarked
package dev.railwaypostgres.archive;

import org.jspecify.annotations.NullMarked;
