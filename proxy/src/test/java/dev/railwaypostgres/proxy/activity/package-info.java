@NullMarked
package dev.railwaypostgres.proxy.activity;

import org.jspecify.annotations.NullMarked;
