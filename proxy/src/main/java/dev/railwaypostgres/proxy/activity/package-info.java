/**
 * Who wakes a database and who keeps it awake: what is written down about each, bounded. Uses {@code operator} for how a
 * visitor is named, and {@code manage} for what is counted.
 */
@NullMarked
package dev.railwaypostgres.proxy.activity;

import org.jspecify.annotations.NullMarked;
