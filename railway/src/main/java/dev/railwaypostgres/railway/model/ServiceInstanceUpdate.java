package dev.railwaypostgres.railway.model;

import org.jspecify.annotations.Nullable;

/**
 * Settings of a service to be changed one by one, without a patch; what is absent keeps its value. Deploys nothing.
 *
 * @param source the image to run from the next deployment on
 */
public record ServiceInstanceUpdate(
        @Nullable Source source,
        @Nullable Integer drainingSeconds,
        @Nullable Boolean sleepApplication) {

    public record Source(String image) {}

    public static ServiceInstanceUpdate image(String image) {
        return new ServiceInstanceUpdate(new Source(image), null, null);
    }
}
