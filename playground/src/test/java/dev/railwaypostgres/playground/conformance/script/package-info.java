/** What a case says: its text, and the steps it consists of. Runs nothing. May use {@code wire}. */
@NullMarked
package dev.railwaypostgres.playground.conformance.script;

import org.jspecify.annotations.NullMarked;
