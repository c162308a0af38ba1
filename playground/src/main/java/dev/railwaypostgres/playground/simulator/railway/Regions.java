package dev.railwaypostgres.playground.simulator.railway;

import java.util.List;
import java.util.Map;

/** Where services can run. */
final class Regions {
    static final String DEFAULT = "us-west2";

    private static final List<Map<String, Object>> ALL = List.of(
            region(DEFAULT, "US", "US West (California, USA)"),
            region("us-east4-eqdc4a", "US", "US East (Virginia, USA)"),
            region("europe-west4-drams3a", "NL", "EU West (Amsterdam, Netherlands)"),
            region("asia-southeast1-eqsg3a", "SG", "Southeast Asia (Singapore)"));

    private Regions() {}

    static List<Map<String, Object>> all() {
        return ALL;
    }

    static void check(String name) {
        if (ALL.stream().noneMatch(region -> name.equals(region.get("name")))) {
            throw ApiException.badInput("Invalid region: " + name);
        }
    }

    private static Map<String, Object> region(String name, String country, String location) {
        return Map.of(
                "name",
                name,
                "region",
                name,
                "country",
                country,
                "location",
                location,
                "deploymentConstraints",
                Map.of());
    }
}
