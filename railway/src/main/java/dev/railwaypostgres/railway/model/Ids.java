package dev.railwaypostgres.railway.model;

/** What all ids have in common: they are never blank, so that no call goes to Railway without one. */
final class Ids {
    private Ids() {}

    static void requireText(String value, String noun) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("The id of a " + noun + " is blank");
        }
    }
}
