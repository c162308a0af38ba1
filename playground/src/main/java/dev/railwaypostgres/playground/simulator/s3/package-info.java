/**
 * An object store on this machine: S3's API over a folder, in which buckets and objects are plain folders and files. Uses nothing else of
 * ours.
 */
@NullMarked
package dev.railwaypostgres.playground.simulator.s3;

import org.jspecify.annotations.NullMarked;
