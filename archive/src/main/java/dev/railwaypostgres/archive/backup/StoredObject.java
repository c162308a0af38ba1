package dev.railwaypostgres.archive.backup;

/**
 * What has been stored.
 *
 * @param size of the content in bytes, {@code storedSize} of the object
 * @param sha256 of the object, in hexadecimal digits
 */
public record StoredObject(String name, long size, long storedSize, String sha256) {}
