@NullMarked
package dev.railwaypostgres.proxy.settings;

import org.jspecify.annotations.NullMarked;
