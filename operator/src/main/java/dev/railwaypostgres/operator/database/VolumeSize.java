package dev.railwaypostgres.operator.database;

import dev.railwaypostgres.crds.v1alpha1.Storage;

/**
 * Sizes of volumes in Railway's MB.
 *
 * <p>Railway leaves open whether its MB is 10^6 bytes or 2^20, and calls 5000 of them 5 GB. So a {@code Gi} counts as
 * 1000 of them: what is asked for then never exceeds the plan's limit by a hair.
 */
final class VolumeSize {
    private static final int THOUSAND = 1000;

    private VolumeSize() {}

    static int megabytes(Storage storage) {
        String size = storage.size();
        int digits = size.indexOf(size.endsWith("i") ? size.charAt(size.length() - 2) : size.charAt(size.length() - 1));
        int number = Integer.parseInt(size.substring(0, digits));
        return size.contains("G") ? number * THOUSAND : number;
    }
}
