/**
 * Keys that let clients cancel their statements whichever replica their request arrives at: how they are made, what they
 * tell, and how one is passed on. Knows no sessions.
 */
@NullMarked
package dev.railwaypostgres.proxy.cancel;

import org.jspecify.annotations.NullMarked;
