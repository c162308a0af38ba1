package dev.railwaypostgres.operator.api;

/** The databases, as far as the API needs them. Calls block. */
interface Databases {
    /** Leaves word that somebody wants the database awake. False if there is no such database. */
    boolean requestWake(DatabaseName database, Wish wish);

    /** Leaves word that the database must not sleep just now. False if there is no such database. */
    boolean hold(DatabaseName database, Wish wish);

    /** What to log clients in with. */
    RolesAnswer roles(DatabaseName database);

    /** What there is to say about a database's roles. */
    sealed interface RolesAnswer {
        /**
         * @param json as the proxy gets it; a secret
         */
        record Known(String json) implements RolesAnswer {
            @Override
            public String toString() {
                return "Known[***]";
            }
        }

        /** The database has never been ready, so nobody has seen its roles. */
        record NeverReady() implements RolesAnswer {}

        /** There is no such database. */
        record NoDatabase() implements RolesAnswer {}
    }
}
