@NullMarked
package dev.railwaypostgres.proxy.console;

import org.jspecify.annotations.NullMarked;
