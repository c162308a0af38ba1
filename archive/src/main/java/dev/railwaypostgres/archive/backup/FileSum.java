package dev.railwaypostgres.archive.backup;

/** What a manifest says about a file, and what has come of it. */
record FileSum(long size, int crc32c) {}
