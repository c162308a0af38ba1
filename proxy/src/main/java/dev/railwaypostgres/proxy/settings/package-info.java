/**
 * How settings are read, from environment variables and from a file: each is one {@link
 * dev.railwaypostgres.proxy.settings.Setting}, and all that is wrong with them is told at once. Which settings there are,
 * others know.
 */
@NullMarked
package dev.railwaypostgres.proxy.settings;

import org.jspecify.annotations.NullMarked;
