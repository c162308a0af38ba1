/** Tests of what a backup is checked and stored with. */
@NullMarked
package dev.railwaypostgres.archive.backup;

import org.jspecify.annotations.NullMarked;
