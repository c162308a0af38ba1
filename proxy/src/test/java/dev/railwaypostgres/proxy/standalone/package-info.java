@NullMarked
package dev.railwaypostgres.proxy.standalone;

import org.jspecify.annotations.NullMarked;
